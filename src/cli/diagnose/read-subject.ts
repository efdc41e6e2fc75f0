/**
 * Reads what `diagnose` is given: the file of a token or an answer, and the pasted key.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import type { Finding } from '../../diagnosis/findings/finding.js';
import { examineKey } from '../../diagnosis/key/key.js';
import { looksLikePath } from '../../key/read/looks-like-path.js';
import { looksLikeCode, nearestCode } from '../codes/nearest-code.js';
import { readFileText, readTextOrFile } from '../input/read-text.js';
import { looksSecret } from '../input/shown-name.js';
import { UsageError } from '../usage-error.js';

/** Reads the file. Throws if there is none and the name looks like a code. */
export async function readSubject(subject: string): Promise<string> {
  if (!existsSync(subject) && !looksSecret(subject)) {
    const meant = nearestCode(subject);
    const hint = meant ? `Did you mean ${meant}? ` : '';
    if (meant || looksLikeCode(subject))
      throw new UsageError(
        `${subject} is not a known code, and there is no file of that name. ${hint}docs/codes.md lists the codes.`,
      );
  }
  return readFileText(subject, '');
}

/** What is wrong with a key itself, in whatever notation it is written. */
const ofKeyItself = /^key-(published|weak|other-use|too-small)$/;

/**
 * Returns nothing about the notation of a key that can be compared, because the text may be the file that `keys` writes.
 */
export async function faultsOfKey(text: string): Promise<Finding[]> {
  const { key, findings } = await examineKey(text);
  return key ? findings.filter(({ code }) => ofKeyItself.test(code)) : findings;
}

export async function readPublicKey(given: string): Promise<string> {
  if (!given.startsWith('@') && looksLikePath(given))
    throw new UsageError(
      '--public-key takes the text as it was pasted. For a file that holds it, write @ before its name: --public-key "@pasted.txt". For a PEM file, config FILE --value prints that text.',
    );
  return readTextOrFile(given, '--public-key');
}
