/**
 * Prints what a code means and what to do.
 *
 * @module
 */
import type { ExplainedCode } from '../../diagnosis/codes/explain-code.js';
import { createPaint, wrap } from './style.js';
import type { Terminal } from './terminal.js';

const origins = {
  bridge: 'The bridge reports this code to onError, or at the end of a console line.',
  vendor:
    "A code of Live Assist, from LivePerson's documentation. Nobody here has seen it with a real account.",
  entra:
    "A code of Microsoft Entra ID, which issues the access tokens for Dynamics. It is in the server's log.",
} as const;

export function codeText({ code, source, see, why, do: remedy }: ExplainedCode, terminal: Terminal): string {
  const paint = createPaint(terminal);
  const parts = [
    ['You see', see],
    ['Why', why],
    ['Do', remedy],
  ] as const;
  const rows = parts.flatMap(([name, text]) =>
    text === undefined ? [] : [`${paint('bold', name)}\n${wrap(capital(text), '  ', terminal)}`],
  );
  return `${[paint('bold', code), ...rows, wrap(origins[source], '', terminal)].join('\n\n')}\n`;
}

/** In the source, the text continues a line that begins with the name of its part. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
