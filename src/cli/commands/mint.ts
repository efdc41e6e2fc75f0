/**
 * `mint`: signs a token for trials.
 *
 * @module
 */
import { contactId } from '../../server/contact-id.js';
import { createMinter } from '../../server/mint.js';
import type { Command } from '../command.js';
import { parseOptions } from '../input/parse-options.js';
import { readFileText } from '../input/read-text.js';
import { requireIssuer, requireNumber } from '../input/require-setting.js';
import { wrap } from '../output/style.js';
import { UsageError } from '../usage-error.js';

export const mint: Command = {
  summary: 'signs a token for trials; whoever has it can chat as that contact',
  help: `Usage: live-assist-bridge mint PRIVATE_KEY --issuer NAME --contact GUID

Prints a token for trials. Anyone who has it can chat as that contact: this is a
tool for impersonation. Use it on test systems, and for contacts of your own.

  PRIVATE_KEY           the file of the private key (PEM, "BEGIN PRIVATE KEY")
  --issuer NAME         the site's name, exactly as entered in Live Assist
  --contact GUID        the contact in Dynamics (its contactid)
  --given-name NAME     first name that the agent sees
  --family-name NAME    last name that the agent sees
  --lifetime SECONDS    how long the token lives, 1 to 86400 (default: 300)

Example:
  live-assist-bridge mint private_key.pem --issuer example.com --contact GUID
`,
  async run(args, terminal) {
    const { values, operands } = parseOptions(
      'mint',
      args,
      {
        issuer: { type: 'string' },
        contact: { type: 'string' },
        'given-name': { type: 'string' },
        'family-name': { type: 'string' },
        lifetime: { type: 'string' },
      },
      ['PRIVATE_KEY'],
    );
    const issuer = requireIssuer(values.issuer);
    const contact = {
      id: requireContact(values.contact),
      givenName: values['given-name'],
      familyName: values['family-name'],
    };
    const lifetime = requireNumber('lifetime', values.lifetime ?? '300', 'seconds', 1, 86_400);
    const privateKey = await readFileText(operands.PRIVATE_KEY, 'PRIVATE_KEY');
    // A short lifetime may be intended here, to try its effect.
    const sign = await createMinter({ privateKey, issuer, lifetime, allowShortLifetime: true });
    const token = await sign(contact);
    const warning = `Warning: for ${lifetime} seconds, anyone who has this token can chat as that contact. Keep it out of production, mail and tickets.`;
    terminal.stderr.write(`${wrap(warning, '', terminal)}\n`);
    const next =
      'Next: save the token in a file and examine it with `npx live-assist-bridge diagnose FILE --decode`.';
    terminal.stderr.write(`${wrap(next, '', terminal)}\n`);
    terminal.stdout.write(`${token}\n`);
    return 0;
  },
};

function requireContact(text: string | undefined): string {
  if (text === undefined)
    throw new UsageError('--contact is missing. Give the GUID of a contact in Dynamics (its contactid).');
  try {
    return contactId(text);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
