/**
 * `tag`: prints the script tag for the installed file.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from '../command.js';
import { parseOptions } from '../input/parse-options.js';
import { UsageError } from '../usage-error.js';

const file = fileURLToPath(new URL('../../../dist/live-assist-bridge.umd.js', import.meta.url));

export const tag: Command = {
  summary: 'prints the script tag with the integrity of the installed file',
  help: `Usage: live-assist-bridge tag [OPTIONS]

Prints the tag for your pages. Its integrity belongs to the file of this
version: print the tag again after every update.

  --src ADDRESS             where your site serves the file
                            (default: /js/live-assist-bridge.umd.js)
  --token-endpoint ADDRESS  the address that answers with the token
                            (default: /live-assist/token)

Example:
  live-assist-bridge tag --src /assets/live-assist-bridge.umd.js
`,
  async run(args, terminal) {
    const { values } = parseOptions('tag', args, {
      src: { type: 'string' },
      'token-endpoint': { type: 'string' },
    });
    const hash = createHash('sha384')
      .update(await readInstalledFile())
      .digest('base64');
    const attributes = {
      src: values.src ?? '/js/live-assist-bridge.umd.js',
      integrity: `sha384-${hash}`,
      crossorigin: 'anonymous',
      'data-token-endpoint': values['token-endpoint'] ?? '/live-assist/token',
    };
    const lines = Object.entries(attributes).map(([name, value]) => `  ${name}="${escapeAttribute(value)}"`);
    terminal.stdout.write(`<script\n${lines.join('\n')}\n  defer\n></script>\n`);
    terminal.stderr.write(
      `\nNext: copy ${file} to that address, and put the tag on every page with the chat.\n`,
    );
    return 0;
  },
};

async function readInstalledFile(): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new UsageError(
      `${file} cannot be read. Install the package again, or run \`npm run build\` in a clone.`,
    );
  }
}

const escapeAttribute = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
