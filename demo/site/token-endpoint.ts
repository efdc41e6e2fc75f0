/** Steps 2 to 4: the site finds the visitor's contact, signs the token and answers with it. */
import { decodeJwt } from 'jose';
import { createTokenHandler, type DataverseContacts, type Mint } from 'live-assist-bridge/server';
import { describeClaims, type Journey, type StepReport } from '#live-assist';
import type { Session, Sessions } from './sessions.js';

export interface TokenEndpointOptions {
  sessions: Sessions;
  contacts: DataverseContacts;
  mint: Mint;
  journey: Journey;
}

export function createTokenEndpoint({ sessions, contacts, mint, journey }: TokenEndpointOptions) {
  /** Who signed out meanwhile is not told of any more. */
  const tell = (session: Session, report: StepReport) => {
    if (sessions.isOpen(session)) journey.tell({ ...report, visitor: session.visitor });
  };

  const find = async (session: Session) => {
    const asked = { 'Looked up by': session.account.email };
    if (session.contact) {
      const facts = { 'Contact GUID': session.contact.id };
      tell(session, { step: 2, state: 'done', text: 'The session still knows the contact.', facts });
      return session.contact;
    }
    const contact = await contacts.byEmail(session.account.email).catch((error: Error) => {
      tell(session, { step: 2, state: 'failed', text: error.message, facts: asked });
      throw error;
    });
    if (!contact) {
      const text = 'The CRM has no active contact with this address.';
      tell(session, { step: 2, state: 'failed', text, facts: asked });
      return null;
    }
    session.contact = contact;
    const facts = { ...asked, 'Contact GUID': contact.id };
    tell(session, { step: 2, state: 'done', text: 'The CRM knows the visitor.', facts });
    return contact;
  };

  const handle = createTokenHandler({
    mint,
    visitor: async (request) => (await sessions.of(request)) ?? null,
    contact: find,
    onError: (error) =>
      console.error(`The site: ${error instanceof Error ? error.message : 'unknown failure'}`),
  });

  return async (request: Request): Promise<Response> => {
    const session = await sessions.of(request);
    const response = await handle(request);
    if (session && response.status === 200) {
      const { token } = (await response.clone().json()) as { token: string };
      const claims = decodeJwt(token);
      tell(session, {
        step: 3,
        state: 'done',
        text: 'Signed with the private key, which stays on the server.',
        facts: { alg: 'RS256', ...describeClaims(claims) },
        ...(claims.sub && { contact: claims.sub }),
      });
      tell(session, {
        step: 4,
        state: 'done',
        text: 'The page has it, in memory only.',
        facts: { Status: 200, 'Cache-Control': response.headers.get('Cache-Control') ?? '' },
      });
    }
    return response;
  };
}
