/**
 * Colours and line lengths for a screen; plain text otherwise.
 *
 * @module
 */
import type { Terminal } from './terminal.js';

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], yellow: [33, 39], green: [32, 39] } as const;

export type Paint = (style: keyof typeof codes, text: string) => string;

/** Returns a function that colours text, but only on a screen, and not with NO_COLOR (no-color.org) or TERM=dumb. */
export function createPaint({ stdout, env }: Terminal): Paint {
  const colours = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return (style, text) => (colours ? `\u001b[${codes[style][0]}m${text}\u001b[${codes[style][1]}m` : text);
}

/** Breaks text into lines of at most 80 characters, or the screen's width. Words and text in backticks stay whole. */
export function wrap(text: string, indent: string, { stdout }: Terminal): string {
  // Lines that are already indented are meant for comparison, so they are not broken.
  if (text.includes('\n'))
    return text
      .split('\n')
      .map((line) => (line.startsWith('  ') ? indent + line : wrap(line, indent, { stdout } as Terminal)))
      .join('\n');
  const width = Math.max(40, Math.min(80, stdout.columns ?? 80)) - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/`[^`]+`\S*|\S+/g) ?? []) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].map((each) => indent + each).join('\n');
}
