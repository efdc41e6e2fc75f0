/**
 * Examines a token endpoint: its answer to the visitor, and its answers to others, who must not get a token.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises';
import { isLocalHost } from '../../contract/origins.js';
import { type Examination, type ExamineOptions, examine } from '../../diagnosis/examine.js';
import { byLevel, type Finding, finding } from '../../diagnosis/findings/finding.js';
import { quote } from '../../diagnosis/quote.js';
import { trialNames } from '../../server/trial-contact.js';
import type { Endpoint } from './ask-endpoint.js';

/** An origin that cannot exist (RFC 2606 section 2). */
const stranger = 'https://live-assist-bridge.invalid';

/**
 * Returns origins that begin or end like the site's origin. A rule that compares only a part allows them. Hosts of the
 * site's own domain are not included, because a rule may allow them on purpose.
 */
function lookalikes(origin: string): string[] {
  const { protocol, hostname, port } = new URL(origin);
  if (/^[\d.]+$|^\[|^localhost$/.test(hostname)) return [];
  const domains = [hostname.replace(/^www\./, ''), hostname.split('.').slice(-2).join('.')];
  const longer = domains.map((domain) => `${protocol}//x${domain}${port && `:${port}`}`);
  return [...new Set([`${protocol}//${hostname}.live-assist-bridge.invalid`, ...longer])];
}

export async function examineEndpoint(endpoint: Endpoint, options: ExamineOptions): Promise<Examination> {
  const answer = await endpoint.ask({ origin: options.origin });
  if ('code' in answer) return { findings: [answer] };
  const examination = asGuest(
    await examine(answer, { ...options, method: endpoint.method }),
    answer,
    endpoint,
  );
  const further = [preflight(endpoint, options.origin)];
  if (examination.payload)
    further.push(
      askAsStranger(endpoint, options),
      askAnonymously(endpoint, examination, options),
      askBare(endpoint, examination, options),
      askAsOther(endpoint, examination, options),
    );
  const known = new Set(examination.findings.map(({ code }) => code));
  const found = (await Promise.all(further)).flat().filter(({ code }) => !known.has(code));
  return { ...examination, findings: [...examination.findings, ...found] };
}

/** Without credentials, it is correct if the endpoint answers that nobody is signed in. */
function asGuest(examination: Examination, { status }: Response, { hasCredentials }: Endpoint): Examination {
  if (hasCredentials) return examination;
  const findings = examination.findings.map((found) =>
    found.code === 'signed-out' ? finding('guest-refused', status) : found,
  );
  return { ...examination, findings: findings.sort(byLevel) };
}

/**
 * Asks as a page of a foreign origin. An endpoint that allows it allows everybody, or everybody with a similar name.
 */
async function askAsStranger(endpoint: Endpoint, { origin }: ExamineOptions): Promise<Finding[]> {
  const allowed = await allowedFor(endpoint, stranger);
  if (allowed === '*') return [finding('cors-any-origin')];
  if (allowed === stranger) return [finding('origin-echoed')];
  if ((await allowedFor(endpoint, 'null')) === 'null') return [finding('cors-null-origin')];
  for (const lookalike of lookalikes(origin ?? endpoint.origin))
    if ((await allowedFor(endpoint, lookalike)) === lookalike)
      return [finding('origin-lookalike', quote(lookalike))];
  return [];
}

async function allowedFor(endpoint: Endpoint, origin: string): Promise<string | null> {
  const answer = await endpoint.ask({ origin });
  if ('code' in answer) return null;
  await answer.body?.cancel();
  return answer.headers.get('access-control-allow-origin');
}

/** Asks without a session. If no session was given, the first answer already was such an answer. */
async function askAnonymously(
  endpoint: Endpoint,
  first: Examination,
  options: ExamineOptions,
): Promise<Finding[]> {
  const forAnyone = ({ payload }: Examination) =>
    isTrial(endpoint, payload) ? [] : [finding('token-for-anyone')];
  if (endpoint.headerNames.length === 0) return forAnyone(first);
  const answer = await endpoint.ask({ origin: options.origin, anonymous: true });
  if ('code' in answer) return [];
  if (answer.status >= 300 && answer.status < 400) {
    const location = answer.headers.get('location')?.split(/[?#;]/, 1)[0];
    return [finding('guest-redirected', location ? ` to ${quote(location)}` : '')];
  }
  const examination = await examine(answer, { tokenField: options.tokenField });
  if (examination.payload) return forAnyone(examination);
  // Keeps the findings that concern only guests.
  return examination.findings.filter(({ code }) => code === 'password-prompt');
}

/** Whether this is the trial contact, whose token an endpoint on this machine gives to guests on purpose. */
function isTrial({ origin }: Endpoint, payload: Examination['payload']): boolean {
  const { given_name, family_name } = payload ?? {};
  const isNamedSo = given_name === trialNames.givenName && family_name === trialNames.familyName;
  return isNamedSo && isLocalHost(new URL(origin).hostname);
}

/**
 * Asks again for the same visitor, like a browser in which the address was typed. A cache has had time to store the
 * first answer, and what the bridge adds to its requests might keep the cache from answering.
 */
async function askBare(
  endpoint: Endpoint,
  first: Examination,
  { tokenField, origin }: ExamineOptions,
): Promise<Finding[]> {
  const ask = async () => {
    const answer = await endpoint.ask({ origin, bare: true });
    return 'code' in answer ? undefined : examine(answer, { tokenField });
  };
  const second = await ask();
  if (!second) return [];
  const cached = second.findings.filter(
    ({ code }) => code === 'cached-answer' || code === 'shared-cacheable',
  );
  const isSame = (next?: Examination) => next?.token !== undefined && next.token === first.token;
  if (cached.length > 0 || endpoint.hasOther || !isSame(second)) return cached;
  // Two tokens minted within one second are the same text.
  await setTimeout(1_100);
  return isSame(await ask()) ? [finding('token-kept')] : [];
}

/** Asks as another visitor, if that visitor's headers were given. */
async function askAsOther(
  endpoint: Endpoint,
  first: Examination,
  { tokenField, origin }: ExamineOptions,
): Promise<Finding[]> {
  if (!endpoint.hasOther) return [];
  const answer = await endpoint.ask({ origin, other: true });
  if ('code' in answer) return [finding('other-not-asked')];
  const other = await examine(answer, { tokenField });
  if (!other.token) return [finding('other-not-asked')];
  if (other.token === first.token) return [finding('token-of-another')];
  return other.payload?.sub === first.payload?.sub ? [finding('same-contact')] : [];
}

/**
 * Sends what a browser sends before a request with the site's own headers to another origin (the Fetch standard,
 * "CORS-preflight fetch").
 */
async function preflight(endpoint: Endpoint, origin: string | undefined): Promise<Finding[]> {
  const names = endpoint.customNames;
  if (!origin || names.length === 0) return [];
  const answer = await endpoint.ask({ origin, preflight: true });
  if ('code' in answer) return [];
  await answer.body?.cancel();
  if (!answer.ok) return [finding('preflight-refused', answer.status)];
  const { headers } = answer;
  const may = headers.get('access-control-allow-credentials') === 'true';
  if (headers.get('access-control-allow-origin') !== origin || !may)
    return [finding('preflight-origin', `"${origin}"`)];
  const allowed = (headers.get('access-control-allow-headers') ?? '').toLowerCase().split(/\s*,\s*/);
  const refused = names.filter((name) => !allowed.includes(name));
  return refused.length > 0 ? [finding('preflight-headers', refused.join(', '))] : [];
}
