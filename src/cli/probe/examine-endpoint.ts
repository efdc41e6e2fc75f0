/**
 * Examines a token endpoint: its answer, and what it answers those who should not get a token.
 *
 * @module
 */
import { type Examination, type ExamineOptions, examine } from '../../diagnosis/examine.js';
import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { quote } from '../../diagnosis/quote.js';
import type { Endpoint } from './ask-endpoint.js';

/** No site lives there (RFC 2606 section 2). */
const stranger = 'https://live-assist-bridge.invalid';

/**
 * Origins that are not the site's, but begin or end like it: rules that compare only so far allow them. A host of the
 * site's own domain is none of them, as a rule may allow those.
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
  const examination = await examine(answer, { ...options, method: endpoint.method });
  const further = [preflight(endpoint, options.origin)];
  if (examination.payload)
    further.push(
      askAsStranger(endpoint, options),
      askAnonymously(endpoint, options),
      askBare(endpoint, examination, options),
      askAsOther(endpoint, examination, options),
    );
  const known = new Set(examination.findings.map(({ code }) => code));
  const found = (await Promise.all(further)).flat().filter(({ code }) => !known.has(code));
  return { ...examination, findings: [...examination.findings, ...found] };
}

/** A page of any other origin: an endpoint that allows it, allows everybody; or everybody with a name like the site's. */
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

/** Somebody without a session; if none was given in the first place, that was the first answer. */
async function askAnonymously(endpoint: Endpoint, options: ExamineOptions): Promise<Finding[]> {
  if (endpoint.headerNames.length === 0) return [finding('token-for-anyone')];
  const answer = await endpoint.ask({ origin: options.origin, anonymous: true });
  if ('code' in answer) return [];
  if (answer.status >= 300 && answer.status < 400) {
    const location = answer.headers.get('location')?.split(/[?#;]/, 1)[0];
    return [finding('guest-redirected', location ? ` to ${quote(location)}` : '')];
  }
  const { findings, payload } = await examine(answer, { tokenField: options.tokenField });
  if (payload) return [finding('token-for-anyone')];
  // What is wrong only for guests.
  return findings.filter(({ code }) => code === 'password-prompt');
}

/**
 * The same visitor once more, as an address is asked that was typed. What the bridge adds to its requests might keep a
 * cache from answering them, and by then a cache has had the time to keep the first answer.
 */
async function askBare(
  endpoint: Endpoint,
  first: Examination,
  { tokenField, origin }: ExamineOptions,
): Promise<Finding[]> {
  const answer = await endpoint.ask({ origin, bare: true });
  if ('code' in answer) return [];
  const { findings, token } = await examine(answer, { tokenField });
  const isKept = token !== undefined && token === first.token && !endpoint.hasOther;
  const cached = findings.filter(({ code }) => code === 'cached-answer' || code === 'shared-cacheable');
  return [...cached, ...(isKept && cached.length === 0 ? [finding('token-kept')] : [])];
}

/** Another visitor, if the headers of one were given. */
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

/** What a browser asks before it sends headers of the site's own to another origin (the Fetch standard, "CORS-preflight fetch"). */
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
