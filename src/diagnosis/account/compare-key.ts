/**
 * Compares the public key that an account publishes with the site's.
 *
 * @module
 */
import { toHex } from '../../key/base64.js';
import { fingerprint } from '../../key/fingerprint.js';
import { type Finding, finding } from '../findings/finding.js';
import { examineKey, type PastedKey } from '../key/key.js';
import { inspectSignature } from '../token/signature.js';
import type { TokenParts } from '../token/token-parts.js';

export interface ExpectedKey {
  /** The text pasted as JWT Public Key, or meant to be. */
  publicKey?: string | undefined;
  /** What a token of the site is signed over, if its algorithm is RS256. */
  signed?: TokenParts['signed'] | undefined;
}

/** Compares the keys themselves: another encoding of the same key is at most mentioned. */
export async function* compareKey(published: string, expected: ExpectedKey): AsyncGenerator<Finding> {
  const { key, findings: found } = await examineKey(published);
  const has = (code: Finding['code']) => found.find((one) => one.code === code);
  if (has('private-key')) return yield finding('account-key-private');
  const publishedExample = has('key-published');
  if (publishedExample) return yield finding('account-key-example', publishedExample.message);
  if (!published.trim()) return yield finding('account-key-blank');
  const unusable = found.find(({ code }) => code === 'key-certificate' || code === 'key-not-rsa');
  if (!key || unusable) {
    const why = unusable ?? found.find(({ level }) => level === 'error');
    return yield finding(
      'account-key-unreadable',
      firstSentence(why?.message ?? 'This is not a public key.'),
    );
  }
  if (key.bits < 2048) return yield finding('account-key-small', key.bits);
  yield* compareWith(key, expected);
}

async function* compareWith(key: PastedKey, { publicKey, signed }: ExpectedKey): AsyncGenerator<Finding> {
  const site = publicKey === undefined ? undefined : (await examineKey(publicKey)).key;
  if (site) {
    if (toHex(site.spki) !== toHex(key.spki))
      return yield finding('account-key-differs', await shortPrint(key), await shortPrint(site));
    if (!key.asItStands) yield finding('account-key-encoding');
    return;
  }
  if (!signed) return;
  for await (const { code, level, message } of inspectSignature(signed, key)) {
    if (code === 'other-pair' || code === 'signature-length')
      yield finding('account-key-signature', await shortPrint(key));
    else if (level === 'error') yield finding('account-signature', firstSentence(message));
    else if (/^signature-fits/.test(code)) yield finding('account-signature-fits');
  }
}

const firstSentence = (text: string) => /^.*?[.](?=\s[A-Z`]|$)/s.exec(text)?.[0] ?? text;

/** Enough of the fingerprint to tell two keys apart. */
async function shortPrint({ spki, bits }: PastedKey): Promise<string> {
  const print = await fingerprint(spki);
  return print ? `${print.slice(0, 16)}...` : `${bits} bits`;
}
