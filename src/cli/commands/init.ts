/**
 * `init`: sets up the current project.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultMethodName } from '../../contract/method-name.js';
import { publicKeyValue } from '../../key/public-key-value.js';
import type { Command } from '../command.js';
import { askAnswers } from '../init/ask-answers.js';
import { checkSite } from '../init/check-site.js';
import { chooseProject } from '../init/choose-project.js';
import { defaultKeyFolder, exposedKeys, ignoreLine, requireOutsideWebRoot } from '../init/key-folder.js';
import { completeKeyPair } from '../init/key-pair.js';
import { frameworks } from '../init/project.js';
import { remaining } from '../init/remaining.js';
import { changesReport, instructions, type Report, siteReport } from '../init/report.js';
import { writeChanges } from '../init/write-changes.js';
import { createAsker } from '../input/ask.js';
import { parseOptions } from '../input/parse-options.js';
import { requireMethodName } from '../input/require-setting.js';
import { draftName } from '../output/write-new-files.js';
import { UsageError } from '../usage-error.js';

export const init: Command = {
  summary: 'sets up this project: keys, token endpoint, and what to do next',
  help: `Usage: live-assist-bridge init [OPTIONS]

Sets up the site in this folder: Express, Next, ASP.NET Core or PHP. It writes
new files only, and one line in .gitignore; your own files stay as they are.
What belongs in them is printed. Run it again to complete what is missing.
It asks for what it cannot detect; each question has an option.

  --issuer NAME         the site's name, exactly as its tokens carry it in "iss"
  --contact GUID        the contact that guests become while you try the site on
                        this machine (default: an invented one)
  --directory FOLDER    the site's folder (default: this folder)
  --framework NAME      ${frameworks.join(', ')}
                        (default: what the folder holds)
  --keys FOLDER         where the keys go, outside the web root
                        (default: .live-assist in the site's folder, or a
                        folder beside the web root if that folder is served)
  --method-name NAME    the method Live Assist calls on the page
                        (default: ${defaultMethodName})
  --url ADDRESS         where the site is running, to have it checked
  --dry-run             prints what would be written, and writes nothing

Example:
  live-assist-bridge init --issuer www.example.com
`,
  async run(args, terminal) {
    const { values } = parseOptions('init', args, {
      issuer: { type: 'string' },
      contact: { type: 'string' },
      directory: { type: 'string' },
      framework: { type: 'string' },
      keys: { type: 'string' },
      'method-name': { type: 'string' },
      url: { type: 'string' },
      'dry-run': { type: 'boolean' },
    });
    const methodName = requireMethodName(values['method-name'] ?? defaultMethodName);
    const url = values.url === undefined ? undefined : requireUrl(values.url);
    const isDryRun = values['dry-run'] === true;
    const asker = createAsker(terminal);
    try {
      const project = await chooseProject(
        { directory: values.directory, framework: values.framework },
        asker,
        terminal.stdin.isTTY === true,
      );
      const keys = resolve(values.keys ?? defaultKeyFolder(project));
      requireOutsideWebRoot(keys, project);
      const answers = await askAnswers(values, keys, asker);
      const setup = project.setUp(answers);
      const hidden = [
        join(keys, 'private_key.pem'),
        join(keys, draftName('private_key.pem')),
        ...setup.files.filter(({ mode }) => mode === 0o600).map(({ path }) => path),
      ];
      const ignored = ignoreLine(keys, hidden, project);
      const pair = await completeKeyPair(keys, isDryRun);
      const all = [...pair.files, ...setup.files];
      const missing = all.filter(({ path }) => !existsSync(path));
      const kept = [pair.privatePath, pair.publicPath, ...setup.files.map(({ path }) => path)].filter(
        existsSync,
      );
      const report: Report = {
        project,
        answers,
        setup,
        pair,
        methodName,
        changes: { created: missing.map(({ path }) => path), kept, ignored },
        exposed: exposedKeys(project),
        isDryRun,
      };
      if (!isDryRun) await writeChanges(missing, ignored, project, hidden);
      terminal.stdout.write(changesReport(report, terminal));
      const isExposed = report.exposed.length > 0;
      if (isDryRun) return isExposed ? 1 : 0;
      terminal.stdout.write(await instructions(report, terminal));
      const address = `${url ?? setup.url}${setup.endpoint}`;
      const publicKey = await publicKeyValue(pair.publicKey);
      const check = await checkSite(address, {
        publicKey,
        issuer: answers.issuer,
        privatePath: pair.privatePath,
      });
      terminal.stdout.write(siteReport(check, address, report, terminal));
      terminal.stdout.write(remaining(report, terminal));
      return isExposed ||
        check.keyAddress !== undefined ||
        check.findings.some(({ level }) => level !== 'note')
        ? 1
        : 0;
    } finally {
      await asker.close();
    }
  },
};

function requireUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && !url.username) return url.origin;
  throw new UsageError('--url is not an address. Write it like http://localhost:3000.');
}
