/**
 * What a case leads to, in every language.
 *
 * @module
 */
/** A status of the endpoint, and the sentence in its log if there is one. */
export interface Outcome {
  status: 200 | 401 | 403 | 500 | 503;
  log?: RegExp;
}

export const ok: Outcome = { status: 200 };
export const failed = (log: RegExp): Outcome => ({ status: 500, log });
