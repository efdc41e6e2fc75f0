/**
 * What `init` prints: what it wrote, what the developer adds, and what remains for whom.
 *
 * @module
 */
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { relative, resolve } from 'node:path';
import { findingsReport } from '../output/findings-report.js';
import { liveAssistSettings } from '../output/live-assist-settings.js';
import { settingsTable } from '../output/settings-table.js';
import { createPaint, wrap } from '../output/style.js';
import type { Terminal } from '../output/terminal.js';
import type { SiteCheck } from './check-site.js';
import type { KeyPair } from './key-pair.js';
import { permissionText } from './permission-text.js';
import type { Answers, Project, Setup } from './project.js';

export interface Report {
  project: Project;
  answers: Answers;
  setup: Setup;
  pair: KeyPair;
  methodName: string;
  /** Paths that were created or appended to, and paths that already existed. */
  changes: { created: string[]; kept: string[]; ignored: string | undefined };
  isDryRun: boolean;
}

const indented = (lines: string[]) => lines.map((line) => `  ${line}`).join('\n');

export function changesReport({ project, changes, isDryRun, pair }: Report, terminal: Terminal): string {
  const path = (file: string) => relative(project.directory, file) || '.';
  const { created, kept, ignored } = changes;
  const lines = [
    ...(ignored ? [`${isDryRun ? 'Would append to' : 'Appended to'} .gitignore: ${ignored}`] : []),
    ...created.map((file) => `${isDryRun ? 'Would write' : 'Wrote'} ${path(file)}`),
    ...kept.map((file) => `Kept ${path(file)}, which is there already`),
  ];
  const permissions = () =>
    permissionText(pair.privatePath, process.platform, userInfo().username, statSync(pair.privatePath).mode);
  const note = isDryRun ? 'Nothing was written.' : permissions();
  return `${lines.join('\n')}\n\n${wrap(note, '', terminal)}\n`;
}

export async function instructions(report: Report, terminal: Terminal): Promise<string> {
  const { setup, answers, pair, methodName } = report;
  const paint = createPaint(terminal);
  const settings = await liveAssistSettings(pair.publicKey, answers.issuer, methodName);
  const { add } = setup;
  return `
${paint('bold', 'Add to your site')}

${wrap(`In ${add.where}:`, '', terminal)
  .replace('In nothing', 'Nothing')
  .replace(/:$/, add.lines.length ? ':' : '.')}
${add.lines.length ? `\n${indented(add.lines)}\n` : ''}
On every page with the chat:

  <script src="${setup.tagSource}" data-token-endpoint="${setup.endpoint}" defer></script>

${paint('bold', 'Settings')}

${wrap(`In ${setup.settings.where}:`, '', terminal)}

${indented(setup.settings.lines)}

${wrap('LIVE_ASSIST_TRIAL_CONTACT makes guests on this machine that contact. It must not be set on a public site.', '', terminal)}

${settingsTable(settings, terminal)}`;
}

export function siteReport(
  { state, findings, keyAddress }: SiteCheck,
  url: string,
  { setup, pair }: Report,
  terminal: Terminal,
): string {
  const served =
    keyAddress &&
    `The site serves the private key ${pair.privatePath} at ${keyAddress}, so anyone can load it. Delete private_key.pem and public_key.pem there, and run init again with --keys and a folder that the site does not serve.`;
  const paint = createPaint(terminal);
  const alarm = served ? `\n${paint('red', 'error')}\n${wrap(served, '  ', terminal)}\n` : '';
  const about = (sentence: string) => `${alarm}\n${wrap(sentence, '', terminal)}\n`;
  if (state === 'down')
    return about(
      `The site is not running at ${new URL(url).origin}. Start it and run init again to have it checked, or name its address with --url.`,
    );
  if (state === 'not-mounted')
    return about(
      `The site is running, and ${url} answers 404. Add the lines above, start the site again, and run init again.`,
    );
  if (state === 'guest')
    return about(
      `The site is running, and ${url} answers guests with 401, as it should. For a trial without a sign-in, start the site with its settings: \`${setup.start}\`.`,
    );
  return `${alarm}\nThe site is running. \`diagnose ${url}\` says:\n\n${findingsReport({ findings }, { decode: false }, terminal)}`;
}

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

  3. Put the tag that it prints on the page as well, and click "Chat with us".

Before the site is public:

${item("You: remove the tag of `try`. On a public page, it would load a script from each visitor's own machine.")}
${item(`You: replace ${setup.replace}. Until then, guests get no token, and nobody else does either.`)}
${item('You: set LIVE_ASSIST_ISSUER and LIVE_ASSIST_PRIVATE_KEY_FILE on the server, with a key outside the web root, and not LIVE_ASSIST_TRIAL_CONTACT.')}
${item('The administrator of Dynamics: an application user that may read contacts. See docs/dynamics-setup.md.')}
${item('The administrator of Live Assist: enter the values above. See docs/live-assist-setup.md.')}
`;
}
