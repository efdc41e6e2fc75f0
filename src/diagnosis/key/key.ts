/** Looks at the text pasted as JWT Public Key as it stands: what it is, what was left in, what was lost. */
import { fromBase64, toBase64 } from '../../key/base64.js';
import { fingerprint } from '../../key/fingerprint.js';
import { isPlausible, type RsaKey, readRsaKey, wrapPkcs1 } from '../../key/rsa-key.js';
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';
import { damageOf, paddingOf } from './key-damage.js';
import { kindOfKey } from './key-kind.js';
import { otherThanKey } from './key-other.js';
import { cleanKeyText } from './pasted-key.js';

export interface PastedKey extends RsaKey {
  /** Whether the text needs no repair to be read as this key. */
  asItStands: boolean;
}

/** The key that the pasted text is or was meant to be, if one can be read. */
export async function* inspectKey(pasted: string): AsyncGenerator<Finding, PastedKey | undefined> {
  const other = otherThanKey(pasted.trim());
  if (other) return yield* conclude(other);
  const { base64, removed } = cleanKeyText(pasted);
  const bytes = fromBase64(base64);
  const found = kindOfKey(bytes);
  if (found?.kind === 'private') return yield* conclude(finding('private-key'));
  if (found?.kind === 'other-algorithm') return yield* conclude(finding('key-not-rsa', found.name));
  if (found?.kind === 'pkcs1') {
    yield finding('key-pkcs1');
    return repaired(wrapPkcs1(bytes));
  }
  if (found?.kind === 'certificate' || found?.kind === 'certificate request') {
    yield finding('key-certificate', found.kind);
    return found.key && repaired(found.key);
  }
  yield* removed;
  const whole = toBase64(bytes).replace(/=+$/, '') === base64.replace(/=+$/, '');
  const key = whole ? readRsaKey(bytes) : undefined;
  if (!key) return yield* conclude(damageOf(base64) ?? finding('key-unreadable'));
  if (!isPlausible(key)) return yield* conclude(finding('key-damaged', ''));
  const padding = paddingOf(base64);
  const padded = base64.endsWith(padding) && !base64.endsWith(`${padding}=`);
  if (!padded) yield finding('key-padding', padding ? `"${padding}"` : 'no "="');
  if (key.bits < 2048) yield finding('key-too-small', key.bits);
  else yield finding('key-fine', key.bits, await fingerprint(key.spki));
  return { ...key, asItStands: padded && removed.length === 0 };
}

function repaired(spki: Uint8Array<ArrayBuffer>): PastedKey | undefined {
  const key = readRsaKey(spki);
  return key && { ...key, asItStands: false };
}
