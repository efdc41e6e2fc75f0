/**
 * `try`: runs a stand-in for Live Assist on this machine, for the site under development.
 *
 * @module
 */

import { defaultMethodName } from '../../contract/method-name.js';
import type { Trial, TryOptions } from '../../live-assist/try/start-try.js';
import type { Command } from '../command.js';
import { parseOptions } from '../input/parse-options.js';
import { defaultPort, readTryOptions, tryOptions } from '../input/try-options.js';
import { tryIntroduction } from '../output/try-introduction.js';
import { UsageError } from '../usage-error.js';

/** A separate build, loaded only for this command. */
const standIn = new URL('../../../dist/try.js', import.meta.url);

export const tryCommand: Command = {
  summary: 'runs a stand-in for Live Assist, to try your site before you have an account',
  help: `Usage: live-assist-bridge try --public-key FILE --issuer NAME [OPTIONS]

Plays Live Assist on this machine: the chat button on your pages, the check of
the token, the agent's desk, and the eight steps of the latest chat. It is not
Live Assist. It prints one tag to put on your pages in place of the vendor's.
It answers only this machine. Ctrl-C ends it.

  --public-key FILE|VALUE  the public key, as its file or as the pasted line
  --issuer NAME            the tokens' "iss"; without it, any issuer is
                           accepted, as on older screens of Live Assist
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
    const { values } = parseOptions('try', args, tryOptions);
    const options = await readTryOptions(values, terminal);
    const trial = await start(options);
    terminal.stdout.write(tryIntroduction(trial, options, terminal));
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

/** Resolves on Ctrl-C, or if another program ends this process. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
