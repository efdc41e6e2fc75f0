/**
 * `keys`: creates a key pair and prints what to enter in Live Assist.
 *
 * @module
 */

import { join } from 'node:path';
import { defaultMethodName } from '../../contract/method-name.js';
import { generateKeys } from '../../key/generate-keys.js';
import type { Command } from '../command.js';
import { parseOptions } from '../input/parse-options.js';
import { requireIssuer, requireMethodName } from '../input/require-setting.js';
import { liveAssistSettings } from '../output/live-assist-settings.js';
import { settingsTable } from '../output/settings-table.js';
import { wrap } from '../output/style.js';
import { writeNewFiles } from '../output/write-new-files.js';
import { UsageError } from '../usage-error.js';

export const keys: Command = {
  summary: 'makes the pair of keys, and prints what to enter in Live Assist',
  help: `Usage: live-assist-bridge keys --issuer NAME [OPTIONS]

Makes a new pair of keys, private_key.pem (which only you can read) and
public_key.pem, and prints what an administrator enters in Live Assist.
Existing files are never overwritten.

  --issuer NAME         the site's name, exactly as in the tokens' "iss"
  --directory FOLDER    where the files go; it is created if missing
                        (default: this folder)
  --bits NUMBER         2048, 3072 or 4096 (default: 2048)
  --method-name NAME    the method that Live Assist calls on the page
                        (default: ${defaultMethodName})

Example:
  live-assist-bridge keys --issuer www.example.com
`,
  async run(args, terminal) {
    const { values } = parseOptions('keys', args, {
      issuer: { type: 'string' },
      directory: { type: 'string' },
      bits: { type: 'string' },
      'method-name': { type: 'string' },
    });
    const issuer = requireIssuer(values.issuer);
    const methodName = requireMethodName(values['method-name'] ?? defaultMethodName);
    const bits = values.bits ?? '2048';
    if (!['2048', '3072', '4096'].includes(bits)) throw new UsageError('--bits is 2048, 3072 or 4096.');
    const pair = await generateKeys(Number(bits));
    const directory = values.directory ?? '.';
    const [privatePath, publicPath] = [join(directory, 'private_key.pem'), join(directory, 'public_key.pem')];
    await writeNewFiles([
      { path: privatePath, text: pair.privateKey, mode: 0o600 },
      { path: publicPath, text: pair.publicKey, mode: 0o644 },
    ]);
    const next =
      'Next: give the table to the administrator of Live Assist, and the private key to your token endpoint. `npx live-assist-bridge init` writes an endpoint.';
    const settings = await liveAssistSettings(pair.publicKey, issuer, methodName);
    terminal.stdout.write(
      `Wrote ${privatePath}: the site signs with it. Keep it out of the repository and of Live Assist.\nWrote ${publicPath}: its value is in the table.\n\n${settingsTable(settings, terminal)}\n${wrap(next, '', terminal)}\n`,
    );
    return 0;
  },
};
