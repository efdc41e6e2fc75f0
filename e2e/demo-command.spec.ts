/** `npm run demo`, after its build: what it prints, what it keeps, what it refuses in one sentence. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateKeys } from 'live-assist-bridge/server';
import { readSettings } from '../demo/settings.js';
import { startDemo } from '../demo/start-demo.js';
import { test as base, expect } from './demo-test.js';

const root = fileURLToPath(new URL('..', import.meta.url));

// Playwright asks its workers for colours; to somebody who asked for none as well, Node says so on standard error.
const { NO_COLOR, FORCE_COLOR, ...inherited } = process.env;

function runCommand(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts'], {
    cwd: root,
    env: { ...inherited, PORT: '0', ...environment },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (output.stdout += text));
  child.stderr.on('data', (text) => (output.stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
  return { child, output, ended };
}

const test = base.extend<{ start: (environment?: Record<string, string>) => ReturnType<typeof runCommand> }>({
  async start({ dataDir }, use) {
    const children: ChildProcess[] = [];
    await use((environment) => {
      const running = runCommand({ DEMO_DATA: dataDir, ...environment });
      children.push(running.child);
      return running;
    });
    for (const child of children) child.kill('SIGKILL');
  },
});

/** The address of the stage, once it is printed. */
async function addressOf({ output }: ReturnType<typeof runCommand>): Promise<string> {
  const address = () => /on stage:\s+(\S+)/.exec(output.stdout)?.[1] ?? '';
  await expect.poll(address, { timeout: 60_000 }).not.toBe('');
  return address();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('starts, ends at Ctrl-C, and starts again with the same key', { tag: '@core' }, async ({
  start,
  dataDir,
}) => {
  const first = start();
  const address = await addressOf(first);
  expect((await fetch(address)).status).toBe(200);
  const key = join(dataDir, 'private_key.pem');
  const before = readFileSync(key, 'utf8');
  expect(statSync(key).mode & 0o077).toBe(0);
  first.child.kill('SIGINT');
  expect(await first.ended).toMatchObject({ code: 0, stderr: '' });

  const second = start({ PORT: new URL(address).port });
  expect(await addressOf(second)).toBe(address);
  expect(readFileSync(key, 'utf8')).toBe(before);
});

test('takes PORT', async ({ start }) => {
  const port = await freePort();
  expect(await addressOf(start({ PORT: String(port) }))).toBe(`http://localhost:${port}`);
});

test('takes other ports for its neighbours when theirs are taken', async ({ dataDir }) => {
  const port = await freePort();
  const neighbour = createServer().listen(port + 1, '127.0.0.1');
  await once(neighbour, 'listening');
  const { url, site, close } = await startDemo({ port, dataDir });
  expect(url).toBe(`http://localhost:${port}`);
  expect((await fetch(site)).status).toBe(200);
  expect(site).not.toBe(`http://localhost:${port + 1}`);
  await close();
  neighbour.close();
});

test('says in one sentence that the port is taken', async ({ start, demo }) => {
  const { port } = new URL(demo.url);
  const { code, stderr, stdout } = await start({ PORT: port }).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^Port ${port} is taken\\. [^\\n]+\\n$`));
});

test('refuses what cannot be a port in one sentence', async ({ start }) => {
  const { code, stderr } = await start({ PORT: 'banana' }).ended;
  expect(code).toBe(1);
  expect(stderr).toBe('PORT is "banana", which is no port. Set it to a number from 0 to 65535.\n');
  for (const PORT of ['-1', '65536', '80.5', ' ', '0x50'])
    expect(() => readSettings({ PORT })).toThrow(/is no port/);
});

test('needs no setting, and refuses half an organisation', () => {
  expect(readSettings({})).toMatchObject({ port: 3000, dynamics: undefined });
  expect(readSettings({ PORT: '' })).toMatchObject({ port: 3000 });
  const DYNAMICS_URL = 'https://contoso.crm4.dynamics.com';
  expect(() => readSettings({ DYNAMICS_URL })).toThrow(
    /^Only one of DYNAMICS_URL and DATAVERSE_TOKEN is set\./,
  );
  expect(readSettings({ DYNAMICS_URL, DATAVERSE_TOKEN: 't' }).dynamics).toEqual({
    url: DYNAMICS_URL,
    accessToken: 't',
  });
});

test.describe('with files that are not its own', () => {
  test.beforeEach(({ demo }) => demo.close());

  test('names a key file that is missing, in one sentence', async ({ start, dataDir }) => {
    const key = join(dataDir, 'private_key.pem');
    rmSync(key);
    const { code, stderr } = await start().ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[^\n]+private_key\.pem is missing\. [^\n]+\n$/);
  });

  test('names a key file of another pair, and makes no new one', async ({ dataDir }) => {
    const key = join(dataDir, 'private_key.pem');
    const { privateKey } = await generateKeys();
    writeFileSync(key, privateKey);
    await expect(startDemo({ port: 0, dataDir })).rejects.toThrow(`${key} does not belong to`);
    expect(readFileSync(key, 'utf8')).toBe(privateKey);
  });

  for (const file of ['private_key.pem', 'public_key.pem', 'live-assist.json', 'crm.db'])
    test(`names ${file} when it holds something else`, async ({ dataDir }) => {
      const path = join(dataDir, file);
      writeFileSync(path, 'This was written by somebody else.\n'.repeat(40));
      await expect(startDemo({ port: 0, dataDir })).rejects.toThrow(path);
      expect(readFileSync(path, 'utf8')).toContain('somebody else');
    });
});
