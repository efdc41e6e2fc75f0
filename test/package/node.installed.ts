import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject } from './project.js';

const script = `
  async function main({ createBridge }, server, { startEngagement }) {
    const { createMinter, createTokenHandler, diagnose, generateKeys, publicKeyValue } = server;
    const { privateKey, publicKey: pem } = await generateKeys();
    const publicKey = await publicKeyValue(pem);
    const issuer = 'www.example.com';
    const mint = await createMinter({ privateKey, issuer });
    const handler = createTokenHandler({
      mint,
      visitor: () => 'ada',
      contact: () => ({ id: 'c0ffee00-0000-4000-8000-000000000001' }),
    });
    const findings = await diagnose(await handler(new Request('https://www.example.com/token')), { publicKey, issuer });
    const { outcome } = await startEngagement();
    const bridge = createBridge({ tokenEndpoint: '/token' });
    const { code } = await bridge.getToken().catch((error) => error);
    console.log(JSON.stringify({ errors: findings.filter(({ level }) => level !== 'note'), outcome, code }));
  }
`;

let project: Awaited<ReturnType<typeof createProject>>;
beforeAll(async () => {
  project = await createProject({
    'module.mjs': `
      import * as browser from 'live-assist-bridge';
      import * as server from 'live-assist-bridge/server';
      import * as testing from 'live-assist-bridge/testing';
      ${script}
      await main(browser, server, testing);`,
    'common.cjs': `${script}
      main(...['', '/server', '/testing'].map((path) => require('live-assist-bridge' + path)));`,
  });
}, 120_000);
afterAll(() => project.remove());

describe('a plain Node project', () => {
  it('gets ky and jose with the package and nothing else', async () => {
    const names = await readdir(join(project.folder, 'node_modules'));
    expect(names.filter((name) => !name.startsWith('.')).sort()).toEqual([
      'jose',
      'ky',
      'live-assist-bridge',
    ]);
  });

  it.each(['module.mjs', 'common.cjs'])('uses every part from %s, without a warning', async (path) => {
    const { stdout, stderr } = await project.run(process.execPath, [path]);
    expect(JSON.parse(stdout)).toEqual({ errors: [], outcome: 'method-missing', code: 'disposed' });
    expect(stderr).toBe('');
  });

  it('runs the command, from the keys to a token in which nothing is wrong', async () => {
    const command = (...args: string[]) =>
      project.run('npx', ['--no-install', 'live-assist-bridge', ...args]);
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect((await command('--version')).stdout).toBe(`${version}\n`);
    const issuer = ['--issuer', 'www.example.com'];
    expect((await command('keys', ...issuer)).stdout).toContain('MIIBIjANBgkq');
    const contact = ['--contact', 'c0ffee00-0000-4000-8000-000000000001', '--given-name', 'Ada'];
    const { stdout: token } = await command('mint', 'private_key.pem', ...issuer, ...contact);
    await writeFile(join(project.folder, 'token.txt'), token);
    const { stdout: value } = await command('config', 'public_key.pem', '--value');
    const against = ['--public-key', value.trim(), ...issuer];
    expect((await command('diagnose', 'token.txt', ...against)).stdout).toContain('Nothing wrong was found.');
  });
});
