/**
 * Prints findings for people: errors first, one paragraph each.
 *
 * @module
 */
import type { Examination } from '../../diagnosis/examine.js';
import type { Finding } from '../../diagnosis/findings/finding.js';
import { decodedClaims } from './decoded-claims.js';
import { createPaint, wrap } from './style.js';
import type { Terminal } from './terminal.js';

const colours = { error: 'red', warning: 'yellow', note: 'dim' } as const;

export function findingsReport(
  examination: Examination,
  { decode }: { decode: boolean },
  terminal: Terminal,
): string {
  const paint = createPaint(terminal);
  const paragraphs = examination.findings.map(
    ({ level, code, message }) =>
      `${paint(colours[level], level.padEnd(9))}${paint('bold', code)}\n${wrap(message, '  ', terminal)}`,
  );
  if (decode) paragraphs.push(decodedClaims(examination, paint));
  return `${[...paragraphs, summary(examination.findings, paint)].join('\n\n')}\n`;
}

function summary(findings: Finding[], paint: ReturnType<typeof createPaint>): string {
  const count = (level: Finding['level']) => findings.filter((found) => found.level === level).length;
  const words = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const faults = [
    count('error') > 0 && paint('red', words(count('error'), 'error')),
    count('warning') > 0 && paint('yellow', words(count('warning'), 'warning')),
  ].filter((part) => part !== false);
  return faults.length > 0 ? faults.join(', ') : paint('green', 'Nothing wrong was found.');
}
