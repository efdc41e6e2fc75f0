/**
 * Prints what a code means and what to do.
 *
 * @module
 */
import type { ExplainedCode } from '../codes/explain-code.js';
import { createPaint, wrap } from './style.js';
import type { Terminal } from './terminal.js';

const origins: Readonly<Record<ExplainedCode['source'], string>> = {
  bridge: 'The bridge reports this code to onError, or at the end of a console line.',
  endpoint:
    'The token endpoint answers this word as `error` in its JSON. onAnswer of createTokenHandler() gets it as `refusal`.',
  'look-up':
    'The `code` of a DataverseError, which onError of the token endpoint gets when a contact could not be looked up.',
  key: 'The `code` of a KeyError, which the functions for the server throw for a key that cannot be used.',
  vendor:
    "A code of Live Assist, from LivePerson's documentation. Nobody here has seen it with a real account.",
  dataverse:
    'A code of Dataverse. It is in the message of a DataverseError, and in its property `dataverseCode`.',
  entra:
    "A code of Microsoft Entra ID, which issues the access tokens for Dynamics. It is in the server's log.",
  status: 'A status of HTTP, or of a closed socket.',
  exit: 'An exit code of the commands.',
  diagnose: '`npx live-assist-bridge diagnose` reports this code.',
};

/** One block for each meaning. From the second on, the heading also names the origin. */
export function codeText(meanings: readonly ExplainedCode[], terminal: Terminal): string {
  const paint = createPaint(terminal);
  return meanings
    .map((meaning, index) => {
      const origin = index > 0 ? ` (${meaning.source})` : '';
      const rows = rowsOf(meaning).map(
        ([name, text]) => `${paint('bold', name)}\n${wrap(capital(text), '  ', terminal)}`,
      );
      const source = wrap(originOf(meaning), '', terminal);
      return `${[paint('bold', meaning.code + origin), ...rows, source].join('\n\n')}\n`;
    })
    .join('\n');
}

function rowsOf(meaning: ExplainedCode): [name: string, text: string][] {
  if (meaning.source === 'diagnose') return [[capital(meaning.level), meaning.message]];
  const { see, why, do: remedy } = meaning;
  const rows: [string, string | undefined][] = [
    ['You see', see],
    ['Why', why],
    ['Do', remedy],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

function originOf(meaning: ExplainedCode): string {
  const isExample = meaning.source === 'diagnose' && meaning.isExample;
  return origins[meaning.source] + (isExample ? ' The values in the text are examples.' : '');
}

/** In the source, the text continues a line that begins with the name of its part. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
