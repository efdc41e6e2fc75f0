/**
 * The words with which a token endpoint says why it returns no token: `{ "error": "signed-out" }`.
 *
 * @module
 */
import { own } from './own.js';

/** `signed-out` comes with 401; `no-contact` and `foreign-origin` come with 403. */
export type Refusal = 'signed-out' | 'no-contact' | 'foreign-origin';

/** Returns the refusal in the property `error` of a parsed JSON answer, or `undefined`. */
export function refusalIn(value: unknown): Refusal | undefined {
  const word = own(value, 'error');
  return word === 'signed-out' || word === 'no-contact' || word === 'foreign-origin' ? word : undefined;
}
