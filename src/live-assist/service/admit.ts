/**
 * Steps 6 and 7: decides from the page's answer between a chat and the offline survey.
 *
 * @module
 */
import type { EngagementAnswer } from '../../testing/engagement.js';
import type { Configuration } from '../configuration/configuration.js';
import { describeClaims } from '../describe-claims.js';
import type { Journey } from '../journey.js';
import type { Chats, DeskChat } from './chats.js';
import type { FindContact } from './contact-lookup.js';
import { refusalReport } from './refusal-report.js';
import { RefusedToken, verifyToken } from './verify-token.js';

export interface AdmitOptions {
  chats: Chats;
  configuration: () => Configuration;
  findContact: FindContact;
  journey: Journey;
}

export type Admit = (engagement: string, answer: EngagementAnswer) => Promise<DeskChat | null>;

const guest = 'Guest visitor';

/** Returns the chat, or null for the survey. The reason goes to the journey, never to the visitor. */
export function createAdmit({ chats, configuration, findContact, journey }: AdmitOptions): Admit {
  return async (engagement, answer) => {
    const { outcome, token, milliseconds } = answer;
    if (outcome !== 'authenticated' || typeof token !== 'string') {
      journey.tell(engagement, refusalReport(answer, configuration()));
      return null;
    }
    journey.received(engagement, token);
    const after = `${Math.max(1, Math.round(milliseconds))} ms`;
    journey.tell(engagement, {
      step: 6,
      state: 'done',
      text: 'The page handed over the token.',
      facts: { Answer: 'callback(token)', After: after },
    });

    try {
      const claims = await verifyToken(token, configuration());
      const found = await findContact(claims);
      const { iss = '', exp = '' } = describeClaims(claims);
      const facts = { Signature: 'matches the JWT Public Key', Issuer: iss, 'Valid until': exp };
      journey.tell(
        engagement,
        found
          ? {
              step: 7,
              state: 'done',
              text: found.isFromToken
                ? `The token is valid and names ${found.name}. No CRM was asked.`
                : `The CRM knows ${found.name}.`,
              facts: { ...facts, Contact: found.id },
            }
          : {
              step: 7,
              state: 'failed',
              text: 'The token is valid, but the CRM has no active contact with this GUID.',
              remedy:
                'Compare the token’s sub with the contact’s GUID in the CRM. The agent sees a guest visitor.',
              facts: { ...facts, sub: String(claims.sub) },
            },
      );
      const name = [claims.given_name, claims.family_name]
        .filter((part) => typeof part === 'string')
        .join(' ');
      const [sub, expires] = [String(claims.sub), (claims.exp ?? 0) * 1000];
      // A messaging conversation continues on whichever page the visitor returns to.
      const earlier = configuration().product === 'messaging' ? chats.of(sub) : undefined;
      if (earlier) chats.renew(earlier, expires);
      const visitor = found ? found.name || name || guest : guest;
      return earlier ?? chats.open({ engagement, visitor, contact: found, sub, expires });
    } catch (error) {
      const { message } = error as Error;
      const { remedy, facts } =
        error instanceof RefusedToken ? error : { remedy: 'Start the CRM, then click again.', facts: {} };
      journey.tell(engagement, { step: 7, state: 'failed', text: message, remedy, facts });
      return null;
    }
  };
}
