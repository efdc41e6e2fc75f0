/**
 * Recognises a key file given as `--public-key` instead of the pasted text, because many users have only that file.
 *
 * @module
 */
import type { Finding } from '../../diagnosis/findings/finding.js';

const pem = /^\s*-----BEGIN PUBLIC KEY-----\r?\n[\w+/=\s]+\r?\n-----END PUBLIC KEY-----\s*$/;

/**
 * Returns the findings about `text`, the content of the file that `given` names with an @. For a whole PEM file, which
 * Live Assist does not accept, they also say how to convert it.
 */
export function withKeyFileRemedy(
  findings: Finding[],
  given: string | undefined,
  text: string | undefined,
): Finding[] {
  const path = given?.startsWith('@') && pem.test(text ?? '') ? given.slice(1) : undefined;
  if (path === undefined || !findings.some(({ code }) => code === 'key-fine')) return findings;
  const name = /^[\w./-]{1,100}$/.test(path) ? path : 'FILE';
  const remedy = `If this is the key file and not what was pasted: \`npx live-assist-bridge config ${name} --value > pasted.txt\`, then \`--public-key "@pasted.txt"\`.`;
  return findings.map((found) =>
    found.code === 'key-header' ? { ...found, message: `${found.message} ${remedy}` } : found,
  );
}
