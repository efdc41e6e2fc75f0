/**
 * Compares a file with the `integrity` of its tag (the specification "Subresource Integrity").
 *
 * @module
 */
import { toBase64 } from '../../key/base64.js';

const strengths = ['sha512', 'sha384', 'sha256'] as const;

/** Whether the bytes have one of the strongest hashes; `undefined` if there is no hash that browsers know. */
export async function matchesIntegrity(
  integrity: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean | undefined> {
  const hashes = [...integrity.matchAll(/(?:^|\s)(sha256|sha384|sha512)-([\w+/-]+={0,2})/gi)].map(
    ([, name = '', hash = '']) => ({ name: name.toLowerCase(), hash }),
  );
  const strongest = strengths.find((strength) => hashes.some(({ name }) => name === strength));
  if (!strongest) return undefined;
  const digest = await crypto.subtle.digest(strongest.replace('sha', 'SHA-'), bytes);
  const actual = toBase64(new Uint8Array(digest));
  return hashes.some(
    ({ name, hash }) => name === strongest && hash.replace(/-/g, '+').replace(/_/g, '/') === actual,
  );
}
