/**
 * Says why a contact could not be looked up, in words for the site's operator.
 *
 * @module
 */

/**
 * - `unauthorized`: Dynamics refused the access token and the renewed one
 * - `forbidden`: the application user may not read contacts
 * - `throttled`: Dynamics asks for a wait longer than a look-up may take, or does not say how long
 * - `failed`: any other status
 * - `unexpected-answer`: not an answer of Dataverse's Web API, or larger than 1 MB
 * - `ambiguous`: two or more active contacts match
 * - `network`: no connection
 * - `timeout`: not finished in time. The message says what the look-up was waiting for.
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

/**
 * Why a look-up failed. A contact that does not exist is not a failure: the look-up returns `null`. Never contains the
 * request or the access token.
 */
export class DataverseError extends Error {
  override readonly name = 'DataverseError';
  readonly code: DataverseErrorCode;
  /** The HTTP status, if Dynamics answered. */
  readonly status: number | undefined;
  /** Dataverse's own code, such as `0x80072560`, if the answer had one. */
  readonly dataverseCode: string | undefined;

  constructor(code: DataverseErrorCode, message: string, status?: number, dataverseCode?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.dataverseCode = dataverseCode;
  }
}
