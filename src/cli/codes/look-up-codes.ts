/**
 * The codes of a DataverseError: why a contact could not be looked up.
 *
 * @module
 */
import type { CodeExplanation } from '../../diagnosis/codes/code-explanation.js';
import type { DataverseErrorCode } from '../../server/dataverse/dataverse-error.js';

export const lookUpCodes: Readonly<Record<DataverseErrorCode, CodeExplanation>> = {
  unauthorized: {
    why: 'Dynamics refused the access token, and the renewed one as well.',
    do: 'request the access token for the organisation in `url`, and enable its application user there.',
  },
  forbidden: {
    why: 'the application user may not read contacts.',
    do: 'give it a security role with Read on Contact at Organization level. The message may hold a code of Dataverse, such as 0x80040220, which says more.',
  },
  throttled: {
    why: 'Dynamics asks for a longer wait than a look-up may take, or does not say how long.',
    do: "keep the contact's GUID with the account, so that fewer look-ups are needed. Lower `concurrency` if several servers share one application user.",
  },
  failed: {
    why: 'Dynamics answered another status. The message names it.',
    do: 'for 400 check the name and the type of the column. For 5xx try again later. For a redirect correct `url`: it is the address of the organisation itself.',
  },
  'unexpected-answer': {
    why: "the answer is not an answer of Dataverse's Web API, or is larger than 1 MB.",
    do: 'correct `url`: it is the address of the organisation itself, such as https://ORG.crm4.dynamics.com.',
  },
  ambiguous: {
    why: 'two or more active contacts match. The look-up does not guess which one is the visitor.',
    do: 'merge the contacts in Dynamics, or look the contact up by a column that is unique.',
  },
  network: {
    why: 'the connection to Dynamics failed.',
    do: 'check `url`, and whether the server may connect to it (firewall, proxy, DNS).',
  },
  timeout: {
    why: 'the look-up did not finish in time. The message says what it was waiting for.',
    do: "keep the contact's GUID with the account. If the look-up waited for a free connection, raise `concurrency`.",
  },
};
