/** `config`: prints what to enter in Live Assist for a public key. */
import { defaultMethodName } from '../../contract/method-name.js';
import type { Command } from '../command.js';
import { parseOptions } from '../input/parse-options.js';
import { readFileText } from '../input/read-text.js';
import { requireIssuer, requireMethodName } from '../input/require-setting.js';
import { liveAssistSettings } from '../output/live-assist-settings.js';
import { settingsTable } from '../output/settings-table.js';
import { UsageError } from '../usage-error.js';

export const config: Command = {
  summary: 'prints what to enter in Live Assist for a public key',
  help: `Usage: live-assist-bridge config PUBLIC_KEY --issuer NAME [OPTIONS]
       live-assist-bridge config PUBLIC_KEY --value

Prints the table an administrator enters in Live Assist.

  PUBLIC_KEY            the file of the public key (PEM, "BEGIN PUBLIC KEY")
  --issuer NAME         the site's name, exactly as its tokens carry it in "iss"
  --method-name NAME    the method Live Assist calls on the page
                        (default: ${defaultMethodName})
  --value               prints the JWT Public Key alone, one line; needs no
                        --issuer
  --json                prints the settings as JSON

Example:
  live-assist-bridge config public_key.pem --issuer www.example.com
`,
  async run(args, terminal) {
    const { values, operands } = parseOptions(
      'config',
      args,
      {
        issuer: { type: 'string' },
        'method-name': { type: 'string' },
        value: { type: 'boolean' },
        json: { type: 'boolean' },
      },
      ['PUBLIC_KEY'],
    );
    if (values.value && values.json)
      throw new UsageError('--value and --json are two forms of one answer. Give one of them.');
    const issuer = values.value ? '' : requireIssuer(values.issuer);
    const methodName = requireMethodName(values['method-name'] ?? defaultMethodName);
    const settings = await liveAssistSettings(
      await readFileText(operands.PUBLIC_KEY, 'PUBLIC_KEY'),
      issuer,
      methodName,
    );
    if (values.value) terminal.stdout.write(`${settings.jwtPublicKey}\n`);
    else if (values.json) terminal.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
    else terminal.stdout.write(settingsTable(settings, terminal));
    return 0;
  },
};
