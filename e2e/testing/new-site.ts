/**
 * A new site with Express: the packed package, `init`, what it says to add, and `try`.
 *
 * @module
 */
import { execFile, spawn } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pack } from '../../test/package/packed.js';
import { foreignFile } from '../../test/support/foreign-file.js';
import { startTry } from './start-try.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** As `npm init` and Express's own guide leave it. */
const server = `const express = require('express');
const app = express();
/* middleware */
app.get('/', (req, res) => res.send(\`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>
<!-- tags --></html>\`));
const listener = app.listen(0, 'localhost', () => console.log('listening on ' + listener.address().port));
`;

/** Does what the output of `init` says, and nothing else. */
export async function startNewSite() {
  const express = join(root, dirname(foreignFile('express/package.json')));
  const packed = await pack();
  const { folder } = packed;
  await symlink(express, join(folder, 'node_modules/express'), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "private": true, "dependencies": { "express": "^5" } }\n');
  await writeFile(join(folder, 'server.js'), server);
  await writeFile(join(folder, '.gitignore'), 'node_modules\n');
  await run('git', ['init', '--quiet'], { cwd: folder });

  const command = join(packed.home, 'dist/cli/main.js');
  const { stdout } = await run(process.execPath, [command, 'init', '--issuer', 'www.example.com'], {
    cwd: folder,
  });
  const printed = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? '';
  const tryArgs = printed(/npx live-assist-bridge try (.*)/).split(' ');
  const stand = await startTry(tryArgs, command, folder);
  const tags = printed(/^ {2}(<script src.*<\/script>)$/m) + stand.tag;
  const changed = server
    .replace('/* middleware */', printed(/^ {2}(app\.use.*)$/m))
    .replace('<!-- tags -->', tags);
  await writeFile(join(folder, 'server.js'), changed);

  const [start = '', ...args] = printed(/^ {5}(node .*)$/m).split(' ');
  const site = spawn(start === 'node' ? process.execPath : start, args, { cwd: folder });
  let log = '';
  for (const stream of [site.stdout, site.stderr]) stream.on('data', (data) => (log += data));
  const port = await new Promise<string>((resolve, reject) => {
    site.stdout.on('data', () => {
      const [, port] = /listening on (\d+)/.exec(log) ?? [];
      if (port) resolve(port);
    });
    site.once('close', () => reject(new Error(log)));
  });
  const url = `http://localhost:${port}`;
  const { stdout: untracked } = await run('git', ['status', '--porcelain', '--untracked-files=all'], {
    cwd: folder,
  });
  return {
    url,
    /** The stand-in's addresses, as they are printed. */
    desk: stand.desk,
    steps: stand.steps,
    /** What git would add. */
    untracked,
    privateKey: () => readFile(join(folder, '.live-assist/private_key.pem'), 'utf8'),
    log: () => log,
    /** Runs `init` once more. */
    initAgain: () =>
      run(process.execPath, [command, 'init', '--url', url], { cwd: folder }).then(({ stdout }) => stdout),
    async stop() {
      site.kill();
      stand.stop();
      await packed.remove();
    },
  };
}
