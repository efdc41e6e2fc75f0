/** Tells somebody at the command line why Dynamics did not answer: in its words, not in those of createDataverseContacts. */

import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { DataverseError, type DataverseErrorCode } from '../../server/dataverse/dataverse-error.js';

export const newToken = 'az account get-access-token --resource URL --query accessToken --output tsv';

const remedies: Partial<Record<DataverseErrorCode, string>> = {
  unauthorized: `Is the token in DATAVERSE_TOKEN for the organisation in --dynamics, and less than an hour old? A new one comes from: ${newToken}.`,
  forbidden: 'Take a token of a user or application with Read on Contact into DATAVERSE_TOKEN.',
  throttled: 'Try again later.',
  timeout: 'Try again.',
  network: 'Is the address in --dynamics right, and may this machine connect to it?',
};

/** @throws whatever is no failure of the look-up: a defect of ours. */
export function dynamicsFailure(error: unknown): Finding {
  if (!(error instanceof DataverseError)) throw error;
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
