/**
 * Tells the key file itself from a file of what was pasted: most who name one as `--public-key` have no other at hand.
 *
 * @module
 */
import type { Finding } from '../../diagnosis/findings/finding.js';

const pem = /^\s*-----BEGIN PUBLIC KEY-----\r?\n[\w+/=\s]+\r?\n-----END PUBLIC KEY-----\s*$/;

/**
 * The findings about `text`, which is in the file that `given` names with its @. Where it is a whole PEM file, which Live
 * Assist does not take, they say as well how to make of it what it takes.
 */
export function withKeyFileRemedy(
  findings: Finding[],
  given: string | undefined,
  text: string | undefined,
): Finding[] {
  const path = given?.startsWith('@') && pem.test(text ?? '') ? given.slice(1) : undefined;
  if (path === undefined || !findings.some(({ code }) => code === 'key-fine')) return findings;
  const name = /^[\w./-]{1,100}$/.test(path) ? path : 'FILE';
  const remedy = `If this is the key file and not what was pasted: \`live-assist-bridge config ${name} --value > pasted.txt\`, then \`--public-key "@pasted.txt"\`.`;
  return findings.map((found) =>
    found.code === 'key-header' ? { ...found, message: `${found.message} ${remedy}` } : found,
  );
}
