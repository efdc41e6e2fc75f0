/** What a status means that Dataverse answers in place of contacts, and what to do about it. */
import { DataverseError } from './dataverse-error.js';

/** @param wait What the answer asks to wait, in milliseconds, where it does. */
export function dataverseRefusal(status: number, wait: number | undefined): DataverseError {
  if (status === 401)
    return new DataverseError(
      'unauthorized',
      'Dynamics refused the access token, and accessToken had no other that works. Is it issued for this organisation, and is its application user enabled there?',
      status,
    );
  if (status === 403)
    return new DataverseError(
      'forbidden',
      'Dynamics does not let the application user read contacts. Give it a security role with Read on Contact.',
      status,
    );
  if (status === 429 || status === 503) {
    const asks = wait === undefined ? '' : ` and asks to wait ${Math.ceil(wait / 1000)} seconds`;
    return new DataverseError(
      'throttled',
      `Dynamics answered ${status}${asks}. Try again later, and keep the GUID in the visitor's session so that there are fewer look-ups.`,
      status,
    );
  }
  if (status >= 500)
    return new DataverseError(
      'failed',
      `Dynamics answered ${status}: it failed itself. Try again later.`,
      status,
    );
  return new DataverseError(
    'failed',
    `Dynamics answered ${status}${status < 400 ? ', a redirect, as to a page for signing in' : ''}. Is url the organisation's address, and is the column there and of the value's type?`,
    status,
  );
}
