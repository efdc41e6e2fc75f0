/**
 * What remains after `init`: today's commands, and what has to be done by whom before the site is public.
 *
 * @module
 */
import { relative, resolve } from 'node:path';
import { createPaint, wrap } from '../output/style.js';
import type { Terminal } from '../output/terminal.js';
import type { Report } from './report.js';

export function remaining({ setup, answers, pair, project }: Report, terminal: Terminal): string {
  const paint = createPaint(terminal);
  const key = relative(project.directory, pair.publicPath);
  const shown = /\s/.test(key) ? `"${key}"` : key;
  // The paths in the commands are relative to the site's folder.
  const here = relative(resolve(), project.directory);
  const item = (text: string) => wrap(text, '    ', terminal).replace(/^ {4}/, '  - ');
  return `
${paint('bold', 'What remains')}

${wrap(`Today, by you${here ? `, in the folder ${here}` : ''}:`, '', terminal)}

  1. Add what is printed above, and start the site:

     ${setup.start}

  2. In another terminal, start the stand-in for Live Assist:

     npx live-assist-bridge try --public-key ${shown} --issuer ${answers.issuer}

  3. Put the tag that \`try\` prints on the page as well, and click "Chat with us".

Before the site is public:

${item("You: remove the tag of `try`. On a public page, it would load a script from each visitor's own machine.")}
${item(`You: replace ${setup.replace}. Until then, only the trial visitor gets a token.`)}
${item('You: set LIVE_ASSIST_ISSUER and LIVE_ASSIST_PRIVATE_KEY_FILE on the server, with a key outside the web root, and not LIVE_ASSIST_TRIAL_CONTACT.')}
${item('You, with Docker: keep the key folder out of the image (.dockerignore), mount the folder, and set LIVE_ASSIST_PRIVATE_KEY_FILE to its path in the container. Requests through a published port come from outside of the container, so they get no trial visitor.')}
${setup.remains ? `${item(setup.remains)}\n` : ''}${item('The administrator of Dynamics: an application user that may read contacts. See docs/dynamics-setup.md.')}
${item('The administrator of Live Assist: enter the values above. See docs/live-assist-setup.md.')}
`;
}
