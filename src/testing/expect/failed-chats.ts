/**
 * Remembers which chats were not as a test expected, for the report.
 *
 * @module
 */

const failed = new WeakSet<object>();

/** To be called when an expectation of `chat` fails. */
export const noteFailedExpectation = (chat: object): void => void failed.add(chat);

/** Whether an expectation of `chat` has failed. */
export const hasFailedExpectation = (chat: object): boolean => failed.has(chat);
