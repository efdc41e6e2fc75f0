/**
 * What `init` prints: what it wrote, what the developer adds, and what remains for whom.
 *
 * @module
 */
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { relative } from 'node:path';
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
  /** Private keys that an earlier run or the command `keys` left where browsers can load them. */
  exposed: string[];
  isDryRun: boolean;
}

const indented = (lines: string[]) => lines.map((line) => `  ${line}`).join('\n');

const alarm = (sentence: string, terminal: Terminal) =>
  `\n${createPaint(terminal)('red', 'error')}\n${wrap(sentence, '  ', terminal)}\n`;

export function changesReport(
  { project, changes, exposed, isDryRun, pair }: Report,
  terminal: Terminal,
): string {
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
  const alarms = exposed.map((key) =>
    alarm(
      `${key} is in the web root, so anyone may have loaded that private key. Delete it, together with its public key. If Live Assist has that public key, enter the one printed below instead.`,
      terminal,
    ),
  );
  return `${lines.join('\n')}\n\n${wrap(note, '', terminal)}\n${alarms.join('')}`;
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

${wrap('LIVE_ASSIST_TRIAL_CONTACT makes guests on this machine that contact. It must not be set on a public site, or while a tunnel leads to this machine. Behind a proxy or tunnel that speaks HTTP/1.1, adds no header and passes on a local Host, everybody can become that contact.', '', terminal)}

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
  const first = served ? alarm(served, terminal) : '';
  const about = (sentence: string) => `${first}\n${wrap(sentence, '', terminal)}\n`;
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
  return `${first}\nThe site is running. \`diagnose ${url}\` says:\n\n${findingsReport({ findings }, { decode: false }, terminal)}`;
}
