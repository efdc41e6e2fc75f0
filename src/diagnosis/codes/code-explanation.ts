/**
 * The explanation of a code.
 *
 * @module
 */

/** docs/codes.md contains the same text. */
export interface CodeExplanation {
  /** What the visitor or the administrator sees. */
  see?: string;
  why: string;
  /** What to do; absent if nothing on the site or in the account's settings can change it. */
  do?: string;
}
