/**
 * `config`: prints what to enter in Live Assist for a public key.
 *
 * @module
 */
import { defaultMethodName } from '../../contract/method-name.js';
import type { Command } from '../command.js';
import { accountOptions, needsAccount, readAccountOptions } from '../input/account-options.js';
import { parseOptions } from '../input/parse-options.js';
import { readFileText } from '../input/read-text.js';
import { requireIssuer, requireMethodName, requireNumber } from '../input/require-setting.js';
import { configuredColumn, configuredValues } from '../output/configured-column.js';
import { liveAssistSettings } from '../output/live-assist-settings.js';
import { settingsTable } from '../output/settings-table.js';
import { wrap } from '../output/style.js';
import { readAccountSettings } from '../probe/read-account-settings.js';
import { UsageError } from '../usage-error.js';

export const config: Command = {
  summary: 'prints what to enter in Live Assist for a public key',
  help: `Usage: live-assist-bridge config PUBLIC_KEY --issuer NAME [OPTIONS]
       live-assist-bridge config PUBLIC_KEY --value

Prints what an administrator enters in Live Assist.

  PUBLIC_KEY            the file of the public key (PEM, "BEGIN PUBLIC KEY")
  --issuer NAME         the site's name, exactly as in the tokens' "iss"
  --method-name NAME    the method that Live Assist calls on the page
                        (default: ${defaultMethodName})
  --value               prints only the JWT Public Key, as one line; needs no
                        --issuer
  --json                prints the settings as JSON
  --account N           adds the column "configured now": what that Live Assist
                        account publishes (not tried with a real account)
  --account-url URL     asks there instead of at LivePerson: a whole address, or
                        an origin (proxies, tests)
  --timeout MILLISECONDS  for the account's answer (default: 8000)

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
        timeout: { type: 'string' },
        ...accountOptions,
      },
      ['PUBLIC_KEY'],
    );
    if (values.value && values.json)
      throw new UsageError('--value and --json are two formats of the same output. Give one of them.');
    const timeout = requireNumber('timeout', values.timeout ?? '8000', 'milliseconds', 100, 60_000);
    const account = readAccountOptions(values, terminal.env, timeout);
    if (values.value && account)
      throw new UsageError(
        '--value prints only the key, and --account adds a column to the table. Give one of them.',
      );
    if (values.timeout && !account) throw needsAccount('timeout');
    const issuer = values.value ? '' : requireIssuer(values.issuer);
    const methodName = requireMethodName(values['method-name'] ?? defaultMethodName);
    const settings = await liveAssistSettings(
      await readFileText(operands.PUBLIC_KEY, 'PUBLIC_KEY'),
      issuer,
      methodName,
    );
    if (values.value) {
      terminal.stdout.write(`${settings.jwtPublicKey}\n`);
      return 0;
    }
    const expected = { publicKey: settings.jwtPublicKey, issuer, methodName };
    const inspection = account && (await readAccountSettings(account, expected));
    const connector = inspection?.selection?.connector;
    if (values.json)
      terminal.stdout.write(
        `${JSON.stringify(account ? { ...settings, configuredNow: configuredValues(connector) } : settings, null, 2)}\n`,
      );
    else {
      const now = inspection && (await configuredColumn(connector, settings.jwtPublicKey));
      const next =
        'Next: enter these values in Live Assist. Then check your endpoint with `npx live-assist-bridge diagnose URL`.';
      terminal.stdout.write(`${settingsTable(settings, terminal, now)}\n${wrap(next, '', terminal)}\n`);
    }
    if (!inspection || connector) return 0;
    // The table is printed in any case, because it says what to enter.
    for (const { message } of inspection.findings) terminal.stderr.write(`${wrap(message, '', terminal)}\n`);
    return 1;
  },
};
