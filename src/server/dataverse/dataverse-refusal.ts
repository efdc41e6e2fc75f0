/**
 * Turns a refusal by Dynamics into an error that says what to do.
 *
 * @module
 */
import { DataverseError, type DataverseErrorCode } from './dataverse-error.js';
import { refusalCodes } from './refusal-codes.js';

export interface DataverseRefusal {
  status: number;
  /** How long the answer asks to wait, in milliseconds. */
  wait?: number | undefined;
  /** Dataverse's own code. */
  dataverseCode?: string | undefined;
}

export function dataverseRefusal({ status, wait, dataverseCode }: DataverseRefusal): DataverseError {
  const known = dataverseCode === undefined ? undefined : refusalCodes[dataverseCode];
  const [code, fact, remedy] = explain(status, wait);
  const shownCode = dataverseCode ? ` (${dataverseCode})` : '';
  return new DataverseError(
    code,
    `${known?.fact ?? fact}${shownCode}. ${known?.remedy ?? remedy}`,
    status,
    dataverseCode,
  );
}

function explain(
  status: number,
  wait: number | undefined,
): [code: DataverseErrorCode, fact: string, remedy: string] {
  if (status === 401)
    return [
      'unauthorized',
      'Dynamics refused the access token, and no newer one was accepted',
      'Is the token issued for this organisation, and is its application user enabled there?',
    ];
  if (status === 403)
    return [
      'forbidden',
      'Dynamics does not let the application user read contacts',
      'Give it a security role with Read on Contact at Organization level.',
    ];
  if (status === 429 || status === 503)
    return [
      'throttled',
      `Dynamics answered ${status} and ${wait === undefined ? 'did not say how long to wait' : `asks to wait ${Math.ceil(wait / 1000)} seconds`}`,
      "Try again later. Keep the GUID in the visitor's session, so that fewer look-ups are needed.",
    ];
  if (status >= 500)
    return ['failed', `Dynamics answered ${status}, a failure of its own`, 'Try again later.'];
  if (status === 400)
    return ['failed', 'Dynamics answered 400', 'Does the column exist, and does its type fit the value?'];
  const isRedirect = [301, 302, 303, 307, 308].includes(status);
  return [
    'failed',
    `Dynamics answered ${status}${isRedirect ? ', a redirect, perhaps to a sign-in page' : ''}`,
    'Is url the address of the organisation itself?',
  ];
}
