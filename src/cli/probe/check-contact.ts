/**
 * Looks up a token's contact in Dynamics, to see whether it exists, is active, and has the token's names.
 *
 * @module
 */

import { entraCodeIn, explainEntraCode } from '../../contract/entra-codes.js';
import { parseGuid } from '../../contract/guid.js';
import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { isAccessToken } from '../../server/dataverse/access-token.js';
import { DataverseError } from '../../server/dataverse/dataverse-error.js';
import { createDataverseRequest, type DataverseRequest } from '../../server/dataverse/dataverse-request.js';
import type { AccessToken } from '../input/read-access-token.js';
import { UsageError } from '../usage-error.js';
import { dynamicsFailure, newToken } from './dynamics-failure.js';

type Row = Record<string, unknown>;
export type CheckContact = (payload: Row | undefined) => Promise<Finding[]>;

/** Tables whose GUIDs are often confused with a contact's. */
const others = { accounts: 'an account', leads: 'a lead', systemusers: 'a user of Dynamics' } as const;

/** @throws UsageError if the address or the access token cannot be used. */
export function createContactCheck(url: string, { token: accessToken, source }: AccessToken): CheckContact {
  if (!accessToken)
    throw new UsageError(
      `--dynamics needs an access token, from a file (--access-token "@access-token.json") or in the environment variable DATAVERSE_TOKEN. To get one: ${newToken}.`,
    );
  const token = accessToken.trim();
  const entra = entraCodeIn(token);
  if (entra) {
    const { fact, remedy } = explainEntraCode(entra);
    throw new UsageError(
      `${source} holds an error of Microsoft Entra ID instead of an access token: ${fact} (AADSTS${entra}). ${remedy}`,
    );
  }
  if (!isAccessToken(token))
    throw new UsageError(
      `${source} holds no access token. It must be the token alone, without "Bearer" and quotes. To get one: ${newToken}.`,
    );
  const request = requestTo(url, token);
  return async (payload) => {
    const guid = parseGuid(payload?.sub);
    if (!guid) return [finding('contact-not-checked')];
    try {
      const row = await request(`contacts(${guid})?$select=contactid,firstname,lastname,statecode`);
      if (row === undefined) return [await elsewhere(request, guid)];
      return [...judge(requireRow(row, guid), payload ?? {})];
    } catch (error) {
      return [dynamicsFailure(error)];
    }
  };
}

function requestTo(url: string, accessToken: string): DataverseRequest {
  try {
    return createDataverseRequest({ url, accessToken: () => accessToken });
  } catch {
    throw new UsageError(
      '--dynamics is not the address of a Dynamics organisation. Write it like https://contoso.crm4.dynamics.com.',
    );
  }
}

/** Checks the row, because another service may also answer 200. */
function requireRow(row: unknown, guid: string): Row {
  if (typeof row === 'object' && row && 'contactid' in row && parseGuid(row.contactid) === guid)
    return row as Row;
  throw new DataverseError('unexpected-answer', 'The answer is not one of Dataverse.');
}

async function elsewhere(request: DataverseRequest, guid: string): Promise<Finding> {
  for (const [table, words] of Object.entries(others)) {
    // A table that this access token may not read is skipped.
    const row = await request(`${table}(${guid})?$select=createdon`).catch(() => undefined);
    if (row) return finding('contact-elsewhere', words);
  }
  return finding('contact-not-found');
}

function* judge(row: Row, payload: Row): Generator<Finding> {
  yield finding(row.statecode === 0 ? 'contact-active' : 'contact-inactive');
  const plain = (name: unknown) => (typeof name === 'string' ? name.normalize().trim().toLowerCase() : '');
  const differing = Object.entries({ given_name: row.firstname, family_name: row.lastname })
    .filter(([claim, name]) => plain(payload[claim]) && plain(payload[claim]) !== plain(name))
    .map(([claim]) => claim);
  if (differing.length > 0) yield finding('contact-name-differs', differing.join(', '));
}
