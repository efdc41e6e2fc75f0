/**
 * Explains at the command line why Dynamics refused or did not answer.
 *
 * @module
 */

import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { DataverseError, type DataverseErrorCode } from '../../server/dataverse/dataverse-error.js';
import { refusalCodes } from '../../server/dataverse/refusal-codes.js';

export const newToken = 'az account get-access-token --resource URL --query accessToken --output tsv';

const remedies: Partial<Record<DataverseErrorCode, string>> = {
  unauthorized: `Is the token in --access-token or DATAVERSE_TOKEN for the organisation in --dynamics, and less than an hour old? To get a new one: ${newToken}.`,
  forbidden:
    'A guess: the user or application of this token lacks Read on Contact at Organization level. Give the token of one that has it, in --access-token or DATAVERSE_TOKEN.',
  throttled: 'Try again later.',
  timeout: 'Try again.',
  network: 'Is the address in --dynamics right, and may this machine connect to it?',
};

/** @throws any other error, because it is a bug in this package. */
export function dynamicsFailure(error: unknown): Finding {
  if (!(error instanceof DataverseError)) throw error;
  // Dataverse's own code says more than the status: six causes share 403.
  const known = error.dataverseCode === undefined ? undefined : refusalCodes[error.dataverseCode];
  if (known) return finding('dynamics-failed', `${known.fact} (${error.dataverseCode}). ${known.remedy}`);
  const isItsOwn = error.code === 'failed' && Number(error.status) >= 500;
  const remedy = isItsOwn ? remedies.throttled : remedies[error.code];
  return finding(
    'dynamics-failed',
    `${factOf(error)}. ${remedy ?? 'Is the address in --dynamics that of the organisation itself?'}`,
  );
}

function factOf({ code, message }: DataverseError): string {
  if (code === 'unauthorized') return 'Dynamics refused the access token';
  if (code === 'forbidden') return 'Dynamics does not let this access token read contacts';
  return message.split(/\.(?: |$)/, 1)[0] ?? '';
}
