/**
 * What `try` prints when the stand-in is running: the tag, the addresses, and what to do next.
 *
 * @module
 */
import type { Trial, TryOptions } from '../../live-assist/try/start-try.js';
import { createPaint, wrap } from './style.js';
import type { Terminal } from './terminal.js';

export function tryIntroduction(
  trial: Trial,
  options: Omit<TryOptions, 'files'>,
  terminal: Terminal,
): string {
  const paint = createPaint(terminal);
  const { steps, desk, configuration } = trial.addresses;
  const { publicKey, issuer, product } = options.configuration;
  const notes = [
    !publicKey &&
      `There is no public key yet, so every chat stops at step 7. Start with --public-key FILE, or enter the public key on the configuration page.`,
    !issuer && 'Without --issuer, the token’s iss is not compared.',
    product === 'messaging' &&
      'It plays messaging: the button appears only on pages that identify their visitor, such as with data-identities.',
    options.sharedAddress &&
      'Everyone in this network can load the tag and start chats. The desk answers this machine only.',
    options.dynamics && 'Contacts come from Dynamics: the desk shows real records.',
    'The three addresses contain a key, so other users of this machine cannot open them. Do not pass the key on.',
    "Remove the tag before the site is public. On a public page, it would load a script from each visitor's own machine.",
  ].filter((note) => typeof note === 'string');
  return `${paint('bold', 'A stand-in for Live Assist is running. It is not Live Assist.')}

The tag for your pages, in place of the vendor's:

  ${trial.tag}

  The eight steps of the latest chat   ${steps}
  The agent's desk                     ${desk}
  What an administrator would enter    ${configuration}

${notes.map((note) => `${wrap(note, '', terminal)}\n\n`).join('')}${wrap(
  'Next: put the tag on a page of your site, open that page and click "Chat with us". Accept the chat at the desk. Ctrl-C ends the stand-in.',
  '',
  terminal,
)}
`;
}
