/**
 * Asks the user at the terminal.
 *
 * @module
 */
import type { Terminal } from '../output/terminal.js';
import { UsageError } from '../usage-error.js';

export interface Prompt {
  text: string;
  /** The option that answers the question in a run without a terminal. */
  option: string;
  /** Taken if the answer is empty. */
  otherwise?: string;
}

export interface Asker {
  /** @throws UsageError without a terminal, or if the answer is empty and there is no default. */
  ask(question: Prompt): Promise<string>;
  close(): Promise<void>;
}

export function createAsker({ stdin, stderr }: Terminal): Asker {
  const lines = stdin.isTTY ? linesOf(stdin) : undefined;
  return {
    async ask({ text, option, otherwise }) {
      if (!lines) throw new UsageError(`${option} is missing. ${text}`);
      stderr.write(`${text}${otherwise ? ` [${otherwise}]` : ''} `);
      const { value } = await lines.next();
      const answer = typeof value === 'string' ? value.trim() : '';
      if (answer || otherwise) return answer || (otherwise ?? '');
      throw new UsageError(`There was no answer. Give it as an option: ${option}.`);
    },
    async close() {
      await lines?.return(undefined);
    },
  };
}

async function* linesOf(stdin: Terminal['stdin']): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of stdin) {
    rest += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
  return undefined;
}
