/**
 * The server quick starts of docs/token-endpoint.md, from an empty folder to a token: the page's commands and the page's files.
 *
 * @module
 */
import { type ChildProcess, exec, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, example, section } from '../docs/pages.js';
import { packInto } from './pack-into.js';

const page = 'docs/token-endpoint.md';
const first = commands(section(page, 'First token'));
const env = { ...process.env, npm_config_prefer_offline: 'true', npm_config_audit: 'false' };

let folder = '';
const run = (command: string) => promisify(exec)(command, { cwd: folder, env });
const save = async (path: string, text: string) => {
  await mkdir(join(folder, dirname(path)), { recursive: true });
  await writeFile(join(folder, path), text);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quick-start-'));
  await packInto(folder);
  for (const command of first.filter((line) => !line.includes('diagnose'))) await run(command);
  await save('token-endpoint.ts', example('trial.ts'));
  await save('cookie.txt', 'Cookie: demo=maya\n');
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;
  await promisify(server.close.bind(server))();
  return port;
}

/** Resolves as soon as the program has printed where it listens. */
async function listening(program: ChildProcess): Promise<void> {
  let printed = '';
  for await (const text of program.stdout ?? []) {
    printed += text;
    if (/http:\/\/\S+:\d+/.test(printed)) return;
  }
  throw new Error(`It has ended: ${printed}`);
}

describe.each([
  ['Express', 'express.ts'],
  ['Hono', 'hono.ts'],
])('the quick start for %s', (heading, name) => {
  it('leads from the archive to a token in which nothing is wrong', async () => {
    const lines = commands(section(page, heading));
    for (const line of lines.filter((line) => line.startsWith('npm install'))) await run(line);
    await save('server.ts', example(name));
    const port = await freePort();
    const start = lines.find((line) => line.startsWith('npx tsx')) ?? '';
    const program = spawn(start, {
      cwd: folder,
      env: { ...env, PORT: `${port}` },
      shell: true,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await listening(program);
      const diagnose = first.find((line) => line.includes('diagnose')) ?? '';
      const { stdout } = await run(diagnose.replace(':8080', `:${port}`));
      expect(stdout).toContain('Nothing wrong was found.');
      const guest = await fetch(`http://localhost:${port}/live-assist/token`);
      expect([guest.status, await guest.json()]).toEqual([401, { error: 'signed-out' }]);
    } finally {
      // The whole group: the shell, npx and the server.
      if (program.pid) process.kill(-program.pid);
    }
  });
});
