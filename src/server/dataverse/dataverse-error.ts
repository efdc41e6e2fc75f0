/** Why a contact could not be looked up, in words for whoever runs the site. */

/**
 * - `unauthorized`: the access token was refused, and so was a renewed one, or there was none
 * - `forbidden`: the application user may not read contacts
 * - `throttled`: Dynamics asks to wait longer than a look-up may take
 * - `failed`: any other status
 * - `unexpected-answer`: not an answer of Dataverse's Web API
 * - `ambiguous`: two or more active contacts match
 * - `network`: no connection
 * - `timeout`: no answer in time, of Dynamics or of `accessToken`, which the message names
 */
export type DataverseErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'throttled'
  | 'failed'
  | 'unexpected-answer'
  | 'ambiguous'
  | 'network'
  | 'timeout';

/** A look-up that failed. "Not found" is no failure: that is `null`. Never holds the request or the access token. */
export class DataverseError extends Error {
  override readonly name = 'DataverseError';
  readonly code: DataverseErrorCode;
  /** The status that Dynamics answered, where there was one. */
  readonly status: number | undefined;

  constructor(code: DataverseErrorCode, message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
