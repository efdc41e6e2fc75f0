/**
 * Step 7, second half: asks the CRM for the contact by GUID.
 *
 * @module
 */
import type { JWTPayload } from 'jose';
import { parseGuid } from '../../contract/guid.js';

export interface CrmContact {
  id: string;
  name: string;
  email: string;
  /** The address at which the agent's desk shows the record. */
  record: string;
  /** Set if no CRM was asked: the contact is what the token says. */
  isFromToken?: true;
}

export interface ContactLookupOptions {
  /** Address of the Dynamics organisation. */
  url: string;
  accessToken: string;
}

/** For one look-up, in milliseconds. */
const limit = 5000;

/** Finds the contact that a verified token names; null if there is none. */
export type FindContact = (claims: JWTPayload) => Promise<CrmContact | null>;

/**
 * Finds the active contact, or returns null; the chat then has no record. @throws Error if the CRM gives no usable
 * answer.
 */
export function createContactLookup({ url, accessToken }: ContactLookupOptions): FindContact {
  return async ({ sub = '' }) => {
    const id = parseGuid(sub);
    if (!id) return null;
    const signal = AbortSignal.timeout(limit);
    const ask = () =>
      fetch(new URL(`/api/data/v9.2/contacts(${id})?$select=fullname,emailaddress1,statecode`, url), {
        headers: { Accept: 'application/json', Authorization: `Bearer ${accessToken}` },
        redirect: 'error',
        signal,
      });
    // Sent once more, because the CRM may have closed an idle connection at this very moment.
    const response = await ask()
      .catch(ask)
      .catch(() => undefined);
    if (signal.aborted) throw new Error(`The CRM did not answer within ${limit} ms.`);
    if (!response) throw new Error('The CRM cannot be reached.');
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`The CRM answered ${response.status}.`);
    const { fullname, emailaddress1, statecode } = (await response.json()) as Record<string, unknown>;
    if (statecode !== 0) return null;
    const record = new URL('/main.aspx', url);
    record.search = String(new URLSearchParams({ pagetype: 'entityrecord', etn: 'contact', id }));
    return { id, name: String(fullname ?? ''), email: String(emailaddress1 ?? ''), record: record.href };
  };
}
