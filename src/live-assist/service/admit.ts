/** Steps 6 and 7: what the page answered decides between a chat and the offline survey. */
import { decodeJwt } from 'jose';
import type { EngagementAnswer } from '../../testing/engagement.js';
import type { Configuration } from '../configuration/configuration.js';
import { describeClaims } from '../describe-claims.js';
import type { Journey, StepReport } from '../journey.js';
import type { Chat, Chats } from './chats.js';
import type { CrmContact } from './contact-lookup.js';
import { verifyToken } from './verify-token.js';

export interface AdmitOptions {
  chats: Chats;
  configuration: () => Configuration;
  findContact: (id: string) => Promise<CrmContact | null>;
  journey: Journey;
}

const led = 'The visitor was led to the offline survey.';

/** The chat, or null for the survey. Says why in the journey, never to the visitor. */
export function createAdmit({ chats, configuration, findContact, journey }: AdmitOptions) {
  return async ({ outcome, token, code, milliseconds }: EngagementAnswer): Promise<Chat | null> => {
    const { methodName } = configuration();
    if (outcome !== 'authenticated' || token === undefined) {
      const facts: StepReport['facts'] = code ? { 'The bridge says': code } : {};
      journey.tell({ step: 6, state: 'failed', text: `${refusal(outcome, methodName)} ${led}`, facts });
      return null;
    }
    const contact = subjectOf(token);
    const about = contact === undefined ? {} : { contact };
    const after = `${Math.max(1, Math.round(milliseconds))} ms`;
    const handed = { Answer: 'callback(token)', After: after };
    journey.tell({
      step: 6,
      state: 'done',
      text: 'The page handed the token over.',
      facts: handed,
      ...about,
    });

    try {
      const claims = await verifyToken(token, configuration());
      const found = await findContact(String(claims.sub));
      const { iss = '', exp = '' } = describeClaims(claims);
      const facts = { Signature: 'matches the pasted key', Issuer: iss, 'Valid until': exp };
      journey.tell(
        found
          ? {
              step: 7,
              state: 'done',
              text: `The CRM knows ${found.name}.`,
              facts: { ...facts, Contact: found.id },
              ...about,
            }
          : {
              step: 7,
              state: 'failed',
              text: 'The token is good, but the CRM has no such active contact.',
              facts,
              ...about,
            },
      );
      const name = [claims.given_name, claims.family_name]
        .filter((part) => typeof part === 'string')
        .join(' ');
      return chats.open(found ? found.name || name : 'Guest visitor', found);
    } catch (error) {
      journey.tell({ step: 7, state: 'failed', text: `${(error as Error).message} ${led}`, ...about });
      return null;
    }
  };
}

function subjectOf(token: string): string | undefined {
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}

function refusal(outcome: string, methodName: string): string {
  if (outcome === 'method-missing') return `There is no ${methodName} on the page.`;
  if (outcome === 'no-answer') return 'The page did not answer in time.';
  if (outcome === 'answered-twice') return 'The page answered twice.';
  return 'The page answered callback(null, "Unable to generate key").';
}
