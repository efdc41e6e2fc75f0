/**
 * Compares the public key that an account publishes with the site's.
 *
 * @module
 */
import { toBase64, toHex } from '../../key/base64.js';
import { fingerprint } from '../../key/fingerprint.js';
import { type Finding, finding } from '../findings/finding.js';
import type { PastedKey } from '../key/judge-key.js';
import { examineKey } from '../key/key.js';
import { inspectSignature } from '../token/signature.js';
import type { TokenParts } from '../token/token-parts.js';
import { keySlip } from './key-slip.js';

export interface ExpectedKey {
  /** The text that was pasted, or is to be pasted, as JWT Public Key. */
  publicKey?: string | undefined;
  /** The signed part of a token of the site, if its algorithm is RS256. */
  signed?: TokenParts['signed'] | undefined;
}

/** Compares the keys themselves. A different encoding of the same key is only mentioned. */
export async function* compareKey(published: string, expected: ExpectedKey): AsyncGenerator<Finding> {
  const { key, findings: found } = await examineKey(published);
  const has = (code: Finding['code']) => found.find((one) => one.code === code);
  if (has('private-key')) return yield finding('account-key-private');
  const publishedExample = has('key-published') ?? has('key-weak');
  if (publishedExample) return yield finding('account-key-example', publishedExample.message);
  if (!published.trim()) return yield finding('account-key-blank');
  const site = await givenKey(expected);
  const slip = site && keySlip(published, toBase64(site.spki));
  const unusable = found.find(({ code }) => /^key-(certificate|not-rsa|other-use)$/.test(code));
  if (!key || unusable) {
    const why = unusable ?? found.find(({ level }) => level === 'error');
    return yield finding(
      'account-key-unreadable',
      slip ? `It ${slip} from the site's key.` : firstSentence(why?.message ?? 'This is not a public key.'),
    );
  }
  if (key.bits < 2048 && !slip) return yield finding('account-key-small', key.bits);
  yield* compareWith(key, site, slip, expected);
  if (!key.asItStands) yield finding('account-key-encoding');
}

async function* compareWith(
  key: PastedKey,
  site: PastedKey | undefined,
  slip: string | undefined,
  { signed }: ExpectedKey,
): AsyncGenerator<Finding> {
  if (site && toHex(site.spki) === toHex(key.spki)) return;
  if (site) {
    const isGivenWrong = signed && (await fits(key, signed)) && !(await fits(site, signed));
    yield finding(
      isGivenWrong ? 'account-key-given' : 'account-key-differs',
      await shortPrint(key),
      await shortPrint(site),
      slip,
    );
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

/** Returns the key given for comparison, or `undefined` if there is none, or if it cannot be read. */
export async function givenKey({ publicKey }: ExpectedKey): Promise<PastedKey | undefined> {
  return publicKey === undefined ? undefined : (await examineKey(publicKey)).key;
}

/** Whether the published key is the site's, as far as a token or a given key shows that. */
export async function isKeyOfSite(published: string, expected: ExpectedKey): Promise<boolean> {
  const { key } = await examineKey(published);
  if (!key) return false;
  if (expected.signed) return fits(key, expected.signed);
  const site = await givenKey(expected);
  return site !== undefined && toHex(site.spki) === toHex(key.spki);
}

async function fits(key: PastedKey, signed: NonNullable<TokenParts['signed']>): Promise<boolean> {
  for await (const { code } of inspectSignature(signed, key)) if (/^signature-fits/.test(code)) return true;
  return false;
}

const firstSentence = (text: string) => /^.*?[.](?=\s[A-Z`]|$)/s.exec(text)?.[0] ?? text;

/** Returns enough of the fingerprint to distinguish two keys. */
async function shortPrint({ spki, bits }: PastedKey): Promise<string> {
  const print = await fingerprint(spki);
  return print ? `${print.slice(0, 16)}...` : `${bits} bits`;
}
