/**
 * The demo examined from the outside: its account, its page and its endpoint.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../demo/start-demo.js';
import { commandLine, file } from '../cli/command-line.js';

let dataDir: string;
let demo: Demo;
let cookies: string;
let account: string[];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'live-assist-account-'));
  demo = await startDemo({ port: 0, dataDir });
  const body = new URLSearchParams({ email: 'maya@example.com', password: 'willow-14' });
  const headers = { Origin: demo.site };
  const signIn = await fetch(`${demo.site}/sign-in`, { method: 'POST', headers, body, redirect: 'manual' });
  cookies = file(`Cookie: ${signIn.headers.get('set-cookie')?.split(';')[0]}\n`);
});
afterAll(async () => {
  await demo.close();
  rmSync(dataDir, { recursive: true });
});

interface Finding {
  level: string;
  code: string;
  message: string;
}
async function findingsOf(...args: string[]): Promise<Finding[]> {
  const { out, err } = await commandLine(['diagnose', ...args, '--json']);
  expect(err.replace(/The token is sent[\s\S]*/, '')).toBe('');
  return JSON.parse(out);
}

describe('the demo', () => {
  it('has a page in which nothing is wrong, and whose suggestion leads to its account', async () => {
    const findings = await findingsOf('--page', demo.site, '--header', `@${cookies}`);
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
    const suggested = findings.find(({ code }) => code === 'page-account')?.message ?? '';
    const [, command = ''] = /`npx live-assist-bridge diagnose ([^`]+)`/.exec(suggested) ?? [];
    account = command.split(' ');
    expect(account[0]).toBe('--account');
    expect(
      (await findingsOf(...account, '--issuer', 'www.larkfield.example')).map(({ code }) => code),
    ).toContain('account-fits');
  });

  it('has an endpoint whose tokens the account is configured for and the verifier accepts', async () => {
    const endpoint = `${demo.site}/live-assist/token`;
    const findings = await findingsOf(endpoint, '--header', `@${cookies}`, ...account, '--ask-live-assist');
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['account-signature-fits', 'account-fits', 'verifier-accepts']),
    );
  });
});
