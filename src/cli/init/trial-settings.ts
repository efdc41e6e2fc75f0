/**
 * Writes the settings of a trial to a file beside the keys, which git ignores. It contains no secret, only the key's
 * path.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { NewFile } from '../output/write-new-files.js';
import type { Answers } from './project.js';

/** Settings by name, as every recipe reads them. */
export const trialSettings = ({ issuer, contact, keys }: Answers) => ({
  LIVE_ASSIST_ISSUER: issuer,
  LIVE_ASSIST_PRIVATE_KEY_FILE: join(keys, 'private_key.pem'),
  LIVE_ASSIST_TRIAL_CONTACT: contact,
});

/** For `node --env-file`. */
export function trialEnvironment(answers: Answers): NewFile & { lines: string[] } {
  // Within quotes, "\n" in a Windows path would become a line break. Windows also accepts slashes.
  const lines = Object.entries(trialSettings(answers)).map(
    ([name, value]) => `${name}="${sep === '\\' ? value.replaceAll(sep, '/') : value}"`,
  );
  return {
    path: join(answers.keys, 'trial.env'),
    text: `# Only for a trial on this machine. On a public site, LIVE_ASSIST_TRIAL_CONTACT must not be set.\n${lines.join('\n')}\n`,
    mode: 0o600,
    lines,
  };
}

/** For `php -d auto_prepend_file`. */
export function trialPrepend(answers: Answers): NewFile & { lines: string[] } {
  const settings = Object.entries(trialSettings(answers));
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  return {
    path: join(answers.keys, 'trial.php'),
    text: `<?php

// Only for a trial on this machine. On a public site, LIVE_ASSIST_TRIAL_CONTACT must not be set.
${settings.map(([name, value]) => `putenv(${quoted(`${name}=${value}`)});`).join('\n')}
`,
    mode: 0o600,
    lines: settings.map(([name, value]) => `${name}=${value}`),
  };
}

/** Reads the answers of an earlier run. */
export function earlierAnswers(keys: string): { issuer?: string; contact?: string } {
  for (const name of ['trial.env', 'trial.php'])
    try {
      const text = readFileSync(join(keys, name), 'utf8');
      const find = (setting: string) => new RegExp(`${setting}="?([^\\s"']+)`).exec(text)?.[1];
      const [issuer, contact] = [find('LIVE_ASSIST_ISSUER'), find('LIVE_ASSIST_TRIAL_CONTACT')];
      return { ...(issuer && { issuer }), ...(contact && { contact }) };
    } catch {
      // No earlier run for this kind of site.
    }
  return {};
}
