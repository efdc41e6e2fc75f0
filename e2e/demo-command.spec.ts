/**
 * `npm run demo`, after its build: what it prints, what it stores, and what it refuses with one sentence.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { generateKeys } from 'live-assist-bridge/server';
import { takeAddress } from '../demo/address.js';
import { explainFileError } from '../demo/data-folder.js';
import { help, readSettings } from '../demo/settings.js';
import { startDemo } from '../demo/start-demo.js';
import { test as base, expect } from './demo-test.js';

const root = fileURLToPath(new URL('..', import.meta.url));

// Playwright requests colours for its workers. If NO_COLOR is also set, Node writes a warning to standard error.
const { NO_COLOR, FORCE_COLOR, ...inherited } = process.env;

function runCommand(environment: Record<string, string>, args: string[] = [], script = 'server') {
  const child = spawn(process.execPath, ['--import', 'tsx', `demo/${script}.ts`, ...args], {
    cwd: root,
    env: { ...inherited, PORT: '0', ...environment },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (output.stdout += text));
  child.stderr.on('data', (text) => (output.stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code, ...output }));
  return { child, output, ended };
}

type Start = (
  environment?: Record<string, string>,
  args?: string[],
  script?: 'server' | 'dev',
) => ReturnType<typeof runCommand>;

const test = base.extend<{ start: Start }>({
  async start({ dataDir }, use) {
    const children: ChildProcess[] = [];
    await use((environment, args, script) => {
      const running = runCommand({ DEMO_DATA: dataDir, ...environment }, args, script);
      children.push(running.child);
      return running;
    });
    for (const child of children) child.kill('SIGKILL');
  },
});

/** Resolves to the address of the stage when it is printed. */
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

test('uses the port in PORT', async ({ start }) => {
  const port = await freePort();
  expect(await addressOf(start({ PORT: String(port) }))).toBe(`http://localhost:${port}`);
});

test('chooses other ports for its neighbours if theirs are taken', async ({ dataDir }) => {
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

test('prefers --port to PORT, and names an unknown option', async ({ start }) => {
  const port = await freePort();
  const running = start({ PORT: '1' }, ['--port', String(port)]);
  expect(await addressOf(running)).toBe(`http://localhost:${port}`);
  expect(readSettings({}, ['--open', '--port=4000'])).toMatchObject({ open: true, port: 4000 });
  expect(() => readSettings({}, ['--port', 'x'])).toThrow('--port is "x", which is not a port.');
  expect(() => readSettings({}, ['--prot', '1'])).toThrow(
    /'--prot'.* The demo knows --open, --port NUMBER and --help\.$/,
  );
  // What npm passes on of "npm run demo --port 3500", and of the other spellings without the two dashes.
  for (const [environment, args, command] of [
    [{ npm_config_port: 'true' }, ['3500'], '--port 3500'],
    [{ npm_config_port: '3500' }, [], '--port 3500'],
    [{ npm_config_open: 'true' }, [], '--open'],
  ] as const)
    expect(() => readSettings(environment, [...args])).toThrow(`npm run demo -- ${command}`);
  expect(help).toMatch(/DYNAMICS_URL[\s\S]*DATAVERSE_TOKEN/);
});

test('opens the stage in the browser with --open, and says so if it cannot', async ({ start, dataDir }) => {
  test.skip(process.platform !== 'linux', 'The command that opens a browser is replaced.');
  const folder = join(dataDir, '..', 'commands');
  mkdirSync(folder, { recursive: true });
  const opened = join(folder, 'opened');
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > "${opened}"\n`, { mode: 0o755 });
  const running = start({ PATH: `${folder}:${process.env.PATH}` }, ['--open']);
  const address = await addressOf(running);
  await expect.poll(() => readFileSync(opened, { encoding: 'utf8', flag: 'a+' }).trim()).toBe(address);
  running.child.kill('SIGINT');
  await running.ended;

  const without = start({ PATH: '/nowhere' }, ['--open']);
  const other = await addressOf(without);
  await expect
    .poll(() => without.output.stderr)
    .toBe(`No browser could be opened. Open ${other} yourself.\n`);
});

test('npm run dev starts the demo again after a change of a file', async ({ start }) => {
  const running = start({}, [], 'dev');
  await addressOf(running);
  const now = new Date();
  utimesSync(join(root, 'demo', 'open-browser.ts'), now, now);
  const again = /open-browser\.ts has changed\. Starting again\.[\s\S]*on stage:\s+(\S+)/;
  await expect
    .poll(() => again.exec(running.output.stdout)?.[1] ?? '', { timeout: 60_000 })
    .toMatch(/^http:/);
  const [, address = ''] = again.exec(running.output.stdout) ?? [];
  expect((await fetch(address)).status).toBe(200);
  // The streams close when the demo itself has ended, too.
  running.child.kill();
  await running.ended;
});

// The next two tests delay the start, so that their request is certainly early.
test('answers the first request that finds its port open', async ({ start }) => {
  const port = await freePort();
  const running = start({}, ['--port', String(port)]);
  let early: Response | undefined;
  while (!early)
    early = await fetch(`http://localhost:${port}`).catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return undefined;
    });
  expect([200, 503]).toContain(early.status);
  if (early.status === 503) expect(await early.text()).toContain('The demo is starting.');
  await addressOf(running);
  expect((await fetch(`http://localhost:${port}`)).status).toBe(200);
});

test('holds an early request and answers it when the actor has started', async () => {
  const address = await takeAddress('localhost', 0);
  const arrived = new Promise((resolve) => subscribe('http.server.request.start', resolve));
  const early = fetch(address.origin);
  await arrived;
  address.answerWith(new Hono().get('/', (c) => c.text('Here.')));
  expect(await (await early).text()).toBe('Here.');
  await address.close();
});

test('tells a client to retry if the start takes long', async () => {
  const address = await takeAddress('localhost', 0);
  const early = await fetch(address.origin);
  expect(early.status).toBe(503);
  expect(early.headers.get('retry-after')).toBe('1');
  expect(await early.text()).toContain('This page loads again by itself.');
  await address.close();
});

test('says in one sentence that the port is taken', async ({ start, demo }) => {
  const { port } = new URL(demo.url);
  const { code, stderr, stdout } = await start({ PORT: port }).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^Port ${port} is taken\\. [^\\n]+\\n$`));
});

test('refuses an invalid port with one sentence', async ({ start }) => {
  const { code, stderr } = await start({ PORT: 'banana' }).ended;
  expect(code).toBe(1);
  expect(stderr).toBe('PORT is "banana", which is not a port. Set it to a number from 0 to 65535.\n');
  for (const PORT of ['-1', '65536', '80.5', ' ', '0x50'])
    expect(() => readSettings({ PORT })).toThrow(/is not a port/);
});

test('needs no setting, and refuses an incomplete organisation', () => {
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

test.describe('two demos at once', () => {
  test('share no data folder: the second names the first', async ({ demo, dataDir }) => {
    await expect(startDemo({ port: 0, dataDir })).rejects.toThrow(
      new RegExp(`^The demo at ${demo.url} uses .* already\\. Open that one, end it, or set DEMO_DATA`),
    );
    expect((await fetch(demo.url)).status, 'the first is still there').toBe(200);
  });

  test('start after an earlier demo was killed', async ({ start, dataDir }) => {
    const first = start();
    await addressOf(first);
    const keys = readFileSync(join(dataDir, 'private_key.pem'), 'utf8');
    first.child.kill('SIGKILL');
    await first.ended;
    await addressOf(start());
    expect(readFileSync(join(dataDir, 'private_key.pem'), 'utf8')).toBe(keys);
  });

  test('start after a first start was interrupted before the key was complete', async ({ demo, dataDir }) => {
    await demo.close();
    for (const name of ['private_key.pem', 'live-assist.json', 'crm.db']) rmSync(join(dataDir, name));
    const again = await startDemo({ port: 0, dataDir });
    expect(readdirSync(dataDir)).toContain('private_key.pem');
    await again.close();
    expect(readdirSync(dataDir).filter((name) => /tmp$|in-use/.test(name))).toEqual([]);
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
    test(`names ${file} if it contains something else`, async ({ dataDir }) => {
      const path = join(dataDir, file);
      writeFileSync(path, 'This was written by somebody else.\n'.repeat(40));
      await expect(startDemo({ port: 0, dataDir })).rejects.toThrow(path);
      expect(readFileSync(path, 'utf8')).toContain('somebody else');
    });

  for (const file of ['private_key.pem', 'public_key.pem', 'live-assist.json', 'crm.db'])
    test(`names a folder in place of ${file}`, async ({ dataDir }) => {
      const path = join(dataDir, file);
      rmSync(path);
      mkdirSync(path);
      await expect(startDemo({ port: 0, dataDir })).rejects.toThrow(
        `${path} is a folder, but a file is needed there. Move the folder away.`,
      );
    });

  test('names a file in place of the data folder', async ({ dataDir }) => {
    const path = join(dataDir, 'file');
    writeFileSync(path, '');
    await expect(startDemo({ port: 0, dataDir: path })).rejects.toThrow(
      `${path} is a file, but a folder is needed there.`,
    );
    await expect(startDemo({ port: 0, dataDir: join(path, 'x') })).rejects.toThrow(
      `${join(path, 'x')} leads through a file.`,
    );
  });

  test('says what the disk refused, with the remedy', () => {
    for (const [code, words] of [
      ['EROFS', 'the disk is read-only. Set DEMO_DATA'],
      ['ENOSPC', 'the disk is full. Free some space'],
      ['EACCES', 'permission is denied. Allow it'],
    ] as const) {
      const error = Object.assign(new Error(code), { code, path: '/data/live-assist.json.4711.tmp' });
      expect(String(explainFileError(error))).toContain(`/data/live-assist.json cannot be written: ${words}`);
    }
    const other = new Error('Something else.');
    expect(explainFileError(other)).toBe(other);
  });
});
