/**
 * `try`: runs a stand-in for Live Assist on this machine, for the site under development.
 *
 * @module
 */

import { defaultMethodName } from '../../contract/method-name.js';
import { isOrigin } from '../../contract/origins.js';
import { publicKeyValue } from '../../key/public-key-value.js';
import type { Trial, TryOptions } from '../../live-assist/try/start-try.js';
import type { Command } from '../command.js';
import { parseOptions } from '../input/parse-options.js';
import { type AccessToken, readAccessToken } from '../input/read-access-token.js';
import { readFileText } from '../input/read-text.js';
import { requireIssuer, requireMethodName } from '../input/require-setting.js';
import { createPaint, wrap } from '../output/style.js';
import type { Terminal } from '../output/terminal.js';
import { UsageError } from '../usage-error.js';

const defaultPort = '3900';

/** A build of its own, which is loaded for this command only. */
const standIn = new URL('../../../dist/try.js', import.meta.url);

export const tryCommand: Command = {
  summary: 'runs a stand-in for Live Assist, to try your site before you have an account',
  help: `Usage: live-assist-bridge try --public-key FILE --issuer NAME [OPTIONS]

Plays Live Assist on this machine: the chat button on your pages, the check of
the token, the agent's desk, and the eight steps of the latest chat. It is not
Live Assist. It prints one tag to put on your pages in place of the vendor's.
It answers this machine only. Ctrl-C ends it.

  --public-key FILE|VALUE  the public key, as its file or as the pasted line
  --issuer NAME            what tokens carry in "iss"; without it, any will do,
                           as on older screens of Live Assist
  --method-name NAME       the method that is called on the page
                           (default: ${defaultMethodName})
  --site ORIGIN            whose pages may load the tag; may be repeated
                           (default: every page that this machine serves)
  --messaging              plays Live Assist Messaging: the button is shown only
                           to visitors whom the page identifies
  --port NUMBER            (default: ${defaultPort})
  --dynamics URL           looks contacts up in that Dynamics organisation, with
                           an access token: --access-token @FILE, or the
                           environment variable DATAVERSE_TOKEN
  --access-token @FILE     holds the token, or Entra's answer with the token
  --listen-on ADDRESS      also listens on this address of this machine, so that
                           a phone can load the tag; never with --dynamics

Example:
  live-assist-bridge try --public-key public_key.pem --issuer www.example.com
`,
  async run(args, terminal) {
    const { values } = parseOptions('try', args, {
      'public-key': { type: 'string' },
      issuer: { type: 'string' },
      'method-name': { type: 'string' },
      site: { type: 'string', multiple: true },
      messaging: { type: 'boolean' },
      port: { type: 'string' },
      dynamics: { type: 'string' },
      'access-token': { type: 'string' },
      'listen-on': { type: 'string' },
    });
    if (values.dynamics !== undefined && values['listen-on'] !== undefined)
      throw new UsageError(
        '--dynamics shows real records, so they stay on this machine. Leave out --listen-on, or leave out --dynamics.',
      );
    const options = {
      configuration: {
        publicKey: values['public-key'] === undefined ? '' : await readPublicKey(values['public-key']),
        issuer: values.issuer === undefined ? '' : requireIssuer(values.issuer),
        methodName: requireMethodName(values['method-name'] ?? defaultMethodName),
        product: values.messaging ? ('messaging' as const) : ('chat' as const),
      },
      port: requirePort(values.port ?? defaultPort),
      sites: (values.site ?? []).flatMap((list) => list.split(',')).map(requireSite),
      sharedAddress: values['listen-on'] && requireAddress(values['listen-on']),
      dynamics:
        values.dynamics === undefined
          ? undefined
          : requireDynamics(values.dynamics, await readAccessToken(values, terminal)),
    };
    const trial = await start(options);
    terminal.stdout.write(introduction(trial, options, terminal));
    await ended();
    await trial.close();
    return 0;
  },
};

async function start(options: Omit<TryOptions, 'files'>): Promise<Trial> {
  const { start }: { start: (options: Omit<TryOptions, 'files'>) => Promise<Trial> } = await import(
    standIn.href
  ).catch(() => {
    throw new UsageError(
      'dist/try.js cannot be loaded. Install the package again, or run `npm run build` in a clone.',
    );
  });
  return start(options).catch((error: NodeJS.ErrnoException) => {
    throw error.code ? error : new UsageError(error.message);
  });
}

/** The file of the key, as PEM or as the line in it, or the line itself. @throws KeyError, UsageError */
async function readPublicKey(given: string): Promise<string> {
  const isValue = /^MI[\w+/=\s]{60}|^-----/.test(given);
  return publicKeyValue(isValue ? given : await readFileText(given.replace(/^@/, ''), '--public-key'));
}

function requirePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError('--port is not a port. Give a number from 1 to 65535, or 0 for any free port.');
}

function requireSite(text: string): string {
  if (isOrigin(text) && /^https?:/.test(text)) return text;
  throw new UsageError(
    '--site is not an origin. Write it as browsers do, like https://shop.test:8443, without a slash at the end.',
  );
}

function requireAddress(text: string): string {
  if (/^(0\.0\.0\.0|::0?|\*)$/.test(text))
    throw new UsageError(
      '--listen-on takes one address of this machine, like 192.168.1.20, and not all of them.',
    );
  if (/^\d+(\.\d+){3}$|^[\da-f]*:[\da-f:.]+$/i.test(text)) return text.toLowerCase();
  throw new UsageError('--listen-on is not an IP address. Give one of this machine, like 192.168.1.20.');
}

function requireDynamics(text: string, { token }: AccessToken) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url && /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(url.origin);
  if (!url || (url.protocol !== 'https:' && !isLocal))
    throw new UsageError(
      '--dynamics is not the address of an organisation. Write it like https://contoso.crm4.dynamics.com.',
    );
  if (!token)
    throw new UsageError(
      'DATAVERSE_TOKEN is not set, and there is no --access-token. Save what `az account get-access-token --resource URL` prints, and name that file: --access-token "@access-token.json".',
    );
  return { url: url.origin, accessToken: token.trim() };
}

function introduction(trial: Trial, options: Omit<TryOptions, 'files'>, terminal: Terminal): string {
  const paint = createPaint(terminal);
  const { publicKey, issuer, product } = options.configuration;
  const notes = [
    !publicKey &&
      `There is no public key yet, so every chat stops at step 7. Start with --public-key FILE, or enter the key at ${trial.origin}/configuration.`,
    !issuer && 'Without --issuer, the token’s iss is not compared.',
    product === 'messaging' &&
      'It plays messaging: the button appears only on pages that identify their visitor, such as with data-identities.',
    options.sharedAddress &&
      'Everyone in this network can load the tag and start chats. The desk answers this machine only.',
    options.dynamics && 'Contacts come from Dynamics: the desk shows real records.',
  ].filter((note) => typeof note === 'string');
  return `${paint('bold', 'A stand-in for Live Assist is running. It is not Live Assist.')}

The tag for your pages, in place of the vendor's:

  ${trial.tag}

  The eight steps of the latest chat   ${trial.origin}/
  The agent's desk                     ${trial.origin}/desk
  What an administrator would enter    ${trial.origin}/configuration

${notes.map((note) => `${wrap(note, '', terminal)}\n\n`).join('')}${wrap(
  'Next: put the tag on a page of your site, open that page and click "Chat with us". Accept the chat at the desk. Ctrl-C ends the stand-in.',
  '',
  terminal,
)}
`;
}

/** Ctrl-C, or the end that another program asks for. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
