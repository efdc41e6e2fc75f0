/**
 * Remembers for the report which chats failed an expectation.
 *
 * @module
 */

const failed = new WeakSet<object>();

/** Call this when an expectation of `chat` fails. */
export const noteFailedExpectation = (chat: object): void => void failed.add(chat);

/** Whether an expectation of `chat` has failed. */
export const hasFailedExpectation = (chat: object): boolean => failed.has(chat);
