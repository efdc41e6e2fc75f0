/**
 * Summarises findings in a headline and a piece of advice.
 *
 * @module
 */
import type { Finding } from '../diagnosis/diagnose.js';

export interface Verdict {
  level: 'open' | 'good' | 'warning' | 'error';
  headline: string;
  advice: string;
}

/** @param given Whether these fields are filled in. */
export function verdictOn(findings: Finding[], given: { token: boolean; publicKey: boolean }): Verdict {
  const [errors, warnings] = [count(findings, 'error'), count(findings, 'warning')];
  const sum = [errors && plural(errors, 'error'), warnings && plural(warnings, 'warning')]
    .filter(Boolean)
    .join(', ');
  if (!given.token) {
    const advice = given.publicKey
      ? 'Paste one as well, to see whether it fits the key.'
      : 'Paste one, with what is entered in Live Assist.';
    if (sum) return { level: errors ? 'error' : 'warning', headline: sum, advice };
    return { level: 'open', headline: 'Waiting for a token', advice };
  }
  if (errors)
    return { level: 'error', headline: sum, advice: 'The chat will not know this visitor, or not safely.' };
  if (warnings)
    return { level: 'warning', headline: sum, advice: 'The chat may know this visitor, not reliably.' };
  return given.publicKey
    ? { level: 'good', headline: 'Nothing wrong was found', advice: 'The token and the key fit together.' }
    : {
        level: 'open',
        headline: 'Nothing wrong so far',
        advice: 'Paste the JWT Public Key, to check the signature.',
      };
}

const count = (findings: Finding[], level: Finding['level']) =>
  findings.filter((finding) => finding.level === level).length;

const plural = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
