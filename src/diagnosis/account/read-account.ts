/**
 * Reads the identity providers from the text that an account publishes.
 *
 * @module
 */
import { parse } from '../answer/json-body.js';
import { type Finding, finding } from '../findings/finding.js';
import { type Connector, readConnector } from './connector.js';
import { outline } from './redact.js';

/** The maximum length, in characters. A list of identity providers has a few thousand. */
export const longestAccount = 1_000_000;

export interface Account {
  connectors: Connector[];
  /** The parsed answer, for saving without the values that belong to the account. */
  answer: unknown;
}

/** Returns the identity providers in the JSON of an account, or the finding that says why there are none. */
export function readAccount(text: string): Account | { answer?: unknown; problem: Finding } {
  if (text.length > longestAccount) return { problem: finding('account-too-large') };
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (!trimmed) return { problem: finding('account-blank') };
  if (/^<(!doctype|html|head|body|\?xml|!--|[a-z])/i.test(trimmed))
    return { problem: finding('account-html') };
  const answer = parse(trimmed);
  if (answer === undefined) return { problem: finding('account-unexpected', 'text that is not JSON') };
  const list = listIn(answer);
  if (!list) return { answer, problem: finding('account-unexpected', outline(answer)) };
  if (list.length === 0) return { answer, problem: finding('account-empty') };
  const connectors = list.map(readConnector).filter((connector) => connector !== undefined);
  if (connectors.length === 0) return { answer, problem: finding('account-unexpected', outline(answer)) };
  return { connectors, answer };
}

/** Returns the documented list. Also accepts a single identity provider, which may have been copied alone. */
function listIn(answer: unknown): unknown[] | undefined {
  if (Array.isArray(answer)) return answer;
  const isConnector = typeof answer === 'object' && answer !== null && Object.hasOwn(answer, 'configuration');
  return isConnector ? [answer] : undefined;
}
