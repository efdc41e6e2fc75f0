/**
 * Inspects the text pasted as JWT Public Key: what it is, what does not belong in it, and what is missing.
 *
 * @module
 */
import { fromBase64, toBase64 } from '../../key/base64.js';
import type { ReadKey } from '../../key/read/found-key.js';
import { publicKeysIn, readKey } from '../../key/read/read-key.js';
import { isPlausible, type RsaKey, readRsaKey } from '../../key/rsa-key.js';
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';
import { isAmongOtherText, proseBefore } from './around-key.js';
import { judgeKey, type PastedKey } from './judge-key.js';
import { damageOf, paddingOf } from './key-damage.js';
import { isShortened, otherForm, otherThanKey } from './key-other.js';
import { type CleanKey, cleanKeyText } from './pasted-key.js';

/** The maximum number of characters that are searched for extra text. A key of 16384 bits has 2800. */
const longest = 20_000;

/**
 * Returns the key that the pasted text is, or was meant to be, if it can be read.
 *
 * @param header The header of the token that the key belongs to. Its `kid` selects the key of a JWK Set.
 */
export async function* inspectKey(
  pasted: string,
  header?: Record<string, unknown>,
): AsyncGenerator<Finding, PastedKey | undefined> {
  const found = readKey(pasted, typeof header?.kid === 'string' ? header.kid : undefined);
  if (found.kind === 'private') return yield* conclude(finding('private-key', found.form));
  if (pasted.length > longest) return yield* conclude(finding('key-unreadable', undefined));
  if (found.otherUse) {
    yield finding('key-other-use', found.otherUse);
    return found.spki && (yield* judgeKey(found.spki, false));
  }
  if ((found.count ?? 0) > 1)
    return yield* conclude(finding('key-several', found.count ?? 0, howToChoose(header)));
  const text = pasted.trim();
  if (!(found.whole && found.spki) && isShortened(text)) return yield* conclude(finding('key-shortened'));
  const other =
    otherForm(found) ??
    (found.kind === 'none' || (found.kind === 'damaged' && !found.label) ? otherThanKey(text) : undefined);
  if (other) {
    yield other;
    return found.spki && (yield* judgeKey(found.spki, false));
  }
  if (found.spki && found.inNumbers) {
    yield finding('key-hexadecimal');
    return yield* judgeKey(found.spki, false);
  }
  const keys = publicKeysIn(text);
  const different = new Set(keys.map(({ spki }) => String(spki)));
  if (different.size > 1) return yield* conclude(finding('key-several', different.size));
  if (keys.length > 1 && found.spki) {
    yield finding('key-repeated', keys.length);
    return yield* judgeKey(found.spki, false);
  }
  const line = cleanKeyText(pasted.slice(proseBefore(pasted, found)));
  if (isAmongOtherText(text, found)) {
    yield finding('key-text-around');
    return found.spki && (yield* judgeKey(found.spki, false));
  }
  if (proseBefore(pasted, found) > 0) yield finding('key-text-around');
  if (found.surrounded && found.whole && found.spki && !readLine(line.base64)) {
    yield finding('key-text-around');
    return yield* judgeKey(found.spki, false);
  }
  const withPlus = /[ \t]/.test(text) ? readLine(text.replace(/[ \t]/g, '+')) : undefined;
  if (withPlus && isPlausible(withPlus)) {
    yield finding('key-plus-lost');
    return yield* judgeKey(withPlus.spki, false);
  }
  return yield* fromLine(line, found);
}

/** Says how to choose a key of a JWK Set from which the token did not select one. */
function howToChoose(header: Record<string, unknown> | undefined): string {
  if (!header)
    return ' Its "kid" is the one in the header of the site\'s tokens: give a token too, to select it.';
  return ` The token's header ${header.kid === undefined ? 'has no "kid"' : 'has a "kid" that no key of the set has'}. Give one key at a time: the right one fits the signature.`;
}

/** Returns all findings about the pasted text, and its key if one can be read. */
export async function examineKey(
  pasted: string,
): Promise<{ findings: Finding[]; key: PastedKey | undefined }> {
  const findings: Finding[] = [];
  const inspection = inspectKey(pasted);
  let step = await inspection.next();
  for (; !step.done; step = await inspection.next()) findings.push(step.value);
  return { findings, key: step.value };
}

/** Inspects text that should be a single line of base64. */
async function* fromLine(
  { base64, removed }: CleanKey,
  found: ReadKey,
): AsyncGenerator<Finding, PastedKey | undefined> {
  const key = readLine(base64);
  const damage = key ? undefined : damageOf(base64);
  const isOther = found.form === 'pgp' || (found.form === 'other' && /^(?!.*KEY)/.test(found.label ?? 'KEY'));
  const isKey = !isOther && (key || damage || (found.spki && found.whole));
  // If the text is not a key, what would have to be removed does not matter.
  if (!isKey) return yield* conclude(finding('key-unreadable', found.label));
  yield* removed;
  if (!key) {
    // The reader may find a key that removing characters one by one does not.
    const differs = found.base64.replace(/=+$/, '') !== base64.replace(/=+$/, '');
    if (differs && found.spki && found.whole) return yield* judgeKey(found.spki, false);
    return yield* conclude(damage ?? finding('key-unreadable', undefined));
  }
  const padding = paddingOf(base64);
  const isPadded = base64.endsWith(padding) && !base64.endsWith(`${padding}=`);
  if (!isPadded && isPlausible(key)) yield finding('key-padding', padding ? `"${padding}"` : 'no "="');
  return yield* judgeKey(key.spki, isPadded && removed.length === 0);
}

/** Reads a key in base64 with the exact number of characters. */
function readLine(base64: string): RsaKey | undefined {
  if (!/^[\w+/]+={0,9}$/.test(base64)) return undefined;
  const bytes = fromBase64(base64);
  return toBase64(bytes).replace(/=+$/, '') === base64.replace(/=+$/, '') ? readRsaKey(bytes) : undefined;
}
