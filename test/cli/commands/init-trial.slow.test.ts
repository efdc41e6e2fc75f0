/**
 * The endpoint that `init` writes for Node, run as a process of its own.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createSite } from '../init-site.js';

const server = `import { createServer } from 'node:http';
import { liveAssist } from './live-assist.mjs';
const server = createServer((req, res) => liveAssist(req, res, (error) => res.writeHead(500).end(String(error))));
server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
`;

/** Returns the status for a guest on this machine, and what the site logged. */
async function guest(environment: Record<string, string>) {
  const site = createSite({
    'package.json': '{ "type": "module", "dependencies": { "express": "^5" } }',
    'server.mjs': server,
  });
  expect((await site.init()).code).toBe(0);
  mkdirSync(site.path('node_modules'));
  symlinkSync(process.cwd(), site.path('node_modules/live-assist-bridge'), 'junction');
  const { NODE_ENV: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--env-file=.live-assist/trial.env', 'server.mjs'], {
    cwd: site.directory,
    env: { ...env, ...environment },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text));
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', () => /port \d+/.test(log) && resolve(/port (\d+)/.exec(log)?.[1]));
    child.once('close', () => reject(new Error(log)));
  });
  const { status } = await fetch(`http://127.0.0.1:${port}/live-assist/token`);
  child.kill();
  return { status, log };
}

describe('the trial visitor of an endpoint in Node', () => {
  it.each<[string, Record<string, string>]>([
    ['not set', {}],
    ['empty', { NODE_ENV: '' }],
    ['development', { NODE_ENV: 'development' }],
  ])('is there while NODE_ENV is %s', async (_, environment) => {
    expect((await guest(environment)).status).toBe(200);
  });

  it.each(['production', 'staging', 'test', 'Production'])(
    'is not there while NODE_ENV is %s, and the log says so',
    async (NODE_ENV) => {
      const { status, log } = await guest({ NODE_ENV });
      expect(status).toBe(401);
      expect(log).toContain(
        `LIVE_ASSIST_TRIAL_CONTACT is set, but NODE_ENV is ${NODE_ENV}, so it is ignored.`,
      );
    },
  );
});
