/**
 * Makes the line to enter in Live Assist from a public key in any form.
 *
 * @module
 */
import type { Finding } from '../diagnosis/diagnose.js';
import { examineKey } from '../diagnosis/key/key.js';
import { toBase64 } from '../key/base64.js';

/** Faults of the text that do not matter if the key was read, because the line is copied instead. */
const repaired =
  /^key-(header|text-around|line-breaks|escaped-breaks|blanks|quotes|invisible|base64url|padding|encoded-twice|pkcs1|certificate|is-(jwk|ssh)|hexadecimal|other-format)/;

export interface PreparedKey {
  /** Empty if the text cannot be entered. In that case, there are faults. */
  line: string;
  /** What prevents the line. */
  faults: Finding[];
}

/** Returns the line that the text stands for, or what is wrong with the text. */
export async function prepareKey(pasted: string): Promise<PreparedKey> {
  const { findings, key } = await examineKey(pasted);
  const faults = findings.filter(({ level, code }) => level !== 'note' && !(key && repaired.test(code)));
  return { line: key && faults.length === 0 ? toBase64(key.spki) : '', faults };
}

/** Returns the first finding that the line removes, if the pasted text yields a line. */
export async function repairedFinding(pasted: string, findings: Finding[]): Promise<Finding | undefined> {
  const found = findings.find(({ code }) => repaired.test(code));
  return found && (await prepareKey(pasted)).line ? found : undefined;
}
