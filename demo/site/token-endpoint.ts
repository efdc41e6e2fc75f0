/**
 * Steps 2 to 4: the site finds the visitor's contact, signs the token and answers with it.
 *
 * @module
 */
import { decodeJwt } from 'jose';
import { createTokenHandler, type DataverseContacts, type Mint } from 'live-assist-bridge/server';
import { describeClaims, type Journey, type StepReport } from '#live-assist';
import type { Session, Sessions } from './sessions.js';

export interface TokenEndpointOptions {
  sessions: Sessions;
  contacts: DataverseContacts;
  mint: Mint;
  journey: Journey;
  /** Whether the endpoint is down on purpose. */
  isDown: () => boolean;
}

export function createTokenEndpoint({ sessions, contacts, mint, journey, isDown }: TokenEndpointOptions) {
  /** No step is reported for a visitor who has meanwhile signed out. */
  const tell = (session: Session, report: StepReport, since?: number) => {
    if (sessions.isOpen(session)) journey.tell(session.visitor, report, since);
  };

  const find = async (session: Session, signal: AbortSignal) => {
    const { email } = session.account;
    const facts = { 'Looked up by': email };
    if (session.contact) {
      const known = { ...facts, 'Contact GUID': session.contact.id };
      tell(session, { step: 2, state: 'done', text: 'The session still knows the contact.', facts: known });
      return session.contact;
    }
    const contact = await contacts.byEmail(email, { signal }).catch((error: Error) => {
      const remedy = 'Is the CRM running, and is its address right?';
      tell(session, { step: 2, state: 'failed', text: error.message, remedy, facts });
      throw error;
    });
    if (!contact) {
      const text = `The CRM has no active contact with the address ${email}.`;
      const remedy = 'Create that contact in the CRM. To go on here, sign in as somebody who has one.';
      tell(session, { step: 2, state: 'failed', text, remedy, facts });
      return null;
    }
    session.contact = contact;
    const found = { ...facts, 'Contact GUID': contact.id };
    tell(session, { step: 2, state: 'done', text: 'The CRM knows this address.', facts: found });
    return contact;
  };

  const handle = createTokenHandler({
    mint,
    visitor: async (request) => (await sessions.of(request)) ?? null,
    // The address belongs to the account, and the visitor cannot change it on this site.
    contact: (session, { signal }) => find(session, signal),
    onError: (error) =>
      console.error(`The site: ${error instanceof Error ? error.message : 'unknown failure'}`),
  });

  return async (request: Request): Promise<Response> => {
    const session = await sessions.of(request);
    if (isDown()) {
      if (session)
        tell(
          session,
          {
            step: 4,
            state: 'failed',
            text: 'The token endpoint answers 503.',
            remedy: 'Look at the site’s server. The bridge tries three times, then the visitor is a guest.',
            facts: { Status: 503 },
          },
          2,
        );
      return Response.json({ error: 'failed' }, { status: 503, headers: { 'Cache-Control': 'no-store' } });
    }
    const response = await handle(request);
    if (session && response.status === 200) {
      const { token } = (await response.clone().json()) as { token: string };
      const claims = decodeJwt(token);
      journey.signed(session.visitor, token);
      tell(session, {
        step: 3,
        state: 'done',
        text: 'Signed with the server’s private key.',
        facts: { alg: 'RS256', ...describeClaims(claims) },
      });
      const status = { Status: 200, 'Cache-Control': response.headers.get('Cache-Control') ?? '' };
      tell(session, { step: 4, state: 'done', text: 'The page has it, in memory only.', facts: status });
    }
    return response;
  };
}
