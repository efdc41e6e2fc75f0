/**
 * Compares `iss` with the JWT Issuer entered in Live Assist, byte for byte.
 *
 * @module
 */
import { readKey } from '../../key/read/read-key.js';
import { type Finding, finding } from '../findings/finding.js';
import { kindOf } from '../kind-of.js';
import { quote, visible } from '../quote.js';
import { stripQuotes } from '../strip-quotes.js';
import { containsToken } from './contains-token.js';

export function* inspectIssuer(iss: unknown, entered: string | undefined): Generator<Finding> {
  if (iss === undefined) return yield finding('issuer-missing');
  if (typeof iss !== 'string') return yield finding('issuer-not-text', kindOf(iss));
  if (!iss.trim() || /^(the )?fqdn of your (web)?site$/i.test(iss))
    return yield finding('issuer-placeholder');
  if (entered === undefined) return yield finding('issuer-not-compared', quote(iss));
  if (entered === iss) return yield finding('issuer-fits');
  const isOther = yield* inspectEntered(entered);
  if (isOther) return;
  yield finding('issuer-differs', issuerComparison(iss, entered), issuerDifference(iss, entered));
}

/** Whether the text in the place of the issuer is something else altogether; says what. */
export function* inspectEntered(entered: string): Generator<Finding, boolean> {
  const { kind } = readKey(entered);
  if (kind === 'private') yield finding('private-key', 'in-issuer');
  else if (!entered.trim()) yield finding('issuer-empty');
  else if (kind === 'public' || kind === 'certificate') yield finding('issuer-is-other', 'a key');
  else if (containsToken(entered)) yield finding('issuer-is-other', 'a token');
  else return false;
  return true;
}

/** Shows both issuers, one below the other, with a mark below the first difference. */
export function issuerComparison(iss: string, entered: string): string {
  const [ours, theirs] = [iss, entered].map((issuer) => [...issuer].map(visible));
  const equal = (ours ?? []).findIndex((character, index) => character !== theirs?.[index]);
  const index = equal < 0 ? (ours ?? []).length : equal;
  // Long names are shown from a point shortly before the difference.
  const start = Math.max(0, index - 40);
  const shown = (characters: string[] = []) =>
    `${start > 0 ? '...' : ''}${characters.slice(start, index + 40).join('')}${characters.length > index + 40 ? '...' : ''}`;
  const byte = new TextEncoder().encode([...iss].slice(0, index).join('')).length;
  const before = (start > 0 ? 3 : 0) + (ours ?? []).slice(start, index).join('').length;
  return [
    `  token        "${shown(ours)}"`,
    `  Live Assist  "${shown(theirs)}"`,
    `                ${' '.repeat(before)}^ from byte ${byte + 1} on`,
  ].join('\n');
}

/** The host in ASCII (RFC 5891), in whatever is written around it. */
function toAscii(issuer: string): string {
  return issuer.replace(/[^\s/:@]*[^\0-\x7f][^\s/:@]*/u, (host) =>
    URL.canParse(`https://${host}`) ? new URL(`https://${host}`).hostname : host,
  );
}

type Slip = readonly [words: string, forgive: (issuer: string) => string];

/** Common slips in issuers, the smallest first. */
const SLIPS: Slip[] = [
  [
    'an invisible character (zero-width, soft hyphen, no-break space)',
    (issuer) => issuer.replace(/\p{Cf}|(?![ \t\n\r])[\s\p{Cc}]/gu, ''),
  ],
  ['quotation marks', (issuer) => stripQuotes(issuer) ?? issuer],
  ['a blank or line break', (issuer) => issuer.replace(/\s/g, '')],
  ['capitals against small letters', (issuer) => issuer.toLowerCase()],
  ['accents that are written in two ways', (issuer) => issuer.normalize('NFC')],
  ['a name with other letters than A to Z against its form in ASCII (xn--)', toAscii],
  ['a dot at the end', (issuer) => issuer.replace(/\.$/, '')],
  ['a slash at the end', (issuer) => issuer.replace(/\/+$/, '')],
  ['http against https', (issuer) => issuer.replace(/^http:/i, 'https:')],
  ['a full address against a bare host name', (issuer) => issuer.replace(/^https?:\/\//i, '')],
  ['www', (issuer) => issuer.replace(/^(https?:\/\/)?www\./i, '$1')],
  ['a port', (issuer) => issuer.replace(/:\d+(?=$|\/)/, '')],
  ['a path', (issuer) => issuer.replace(/(?<![:/])\/(?!\/).*$/, '')],
];

const different = 'these are two different names';

/** Whether the two were probably meant to be equal: they differ by a known slip, or in one character. */
export function isIssuerSlip(iss: string, entered: string): boolean {
  const difference = issuerDifference(iss, entered);
  if (iss.length + entered.length > 1000) return false;
  if (difference !== different) return true;
  const [short, long] = iss.length < entered.length ? [iss, entered] : [entered, iss];
  const start = [...short].findIndex((character, index) => character !== long[index]);
  const index = start < 0 ? short.length : start;
  const rest = long.slice(index + 1);
  return long.length > 1 && (short.slice(index) === rest || short.slice(index + 1) === rest);
}

/** Names the smallest set of slips that explains the difference. */
export function issuerDifference(iss: string, entered: string): string {
  if (iss.length + entered.length > 1000) return 'compare them from there';
  const alike = (slips: Slip[]) => {
    const forgive = (issuer: string) => slips.reduce((text, [, forgive]) => forgive(text), issuer);
    return forgive(iss) === forgive(entered);
  };
  if (!alike(SLIPS)) return different;
  const needed = SLIPS.reduceRight((slips, slip) => {
    const without = slips.filter((other) => other !== slip);
    return alike(without) ? without : slips;
  }, SLIPS);
  return `the difference is ${needed.map(([words]) => words).join(', and ')}`;
}
