import { diagnose, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPortal } from '../../support/portal.js';
import { commandLine, file } from '../command-line.js';

let portal: Awaited<ReturnType<typeof startPortal>>;
let publicKey: string;
beforeAll(async () => {
  portal = await startPortal();
  publicKey = await publicKeyValue(portal.publicKey);
});
afterAll(() => portal.stop());

const alarms = (findings: readonly { level: string; code: string }[]) =>
  findings.filter(({ level }) => level === 'error' || level === 'warning').map(({ code }) => code);

describe('the token of a portal', () => {
  it('causes no finding about the endpoint', async () => {
    const { out, err } = await commandLine([
      'diagnose',
      `${portal.url}/_services/auth/token`,
      '--json',
      ...['--header', `@${file('Cookie: session=ada')}`],
      ...['--public-key', publicKey],
      ...['--issuer', '127.0.0.1'],
    ]);
    expect(err).toBe('');
    const found = JSON.parse(out) as { level: string; code: string; message: string }[];
    expect(found.length).toBeGreaterThan(3);
    expect(alarms(found)).toEqual([]);
  });

  it('causes no finding by itself', async () => {
    const token = await fetch(`${portal.url}/_services/auth/token`, {
      headers: { Cookie: 'session=ada' },
    }).then((response) => response.text());
    const found = await diagnose(token, { publicKey, issuer: '127.0.0.1' });
    expect(alarms(found)).toEqual([]);
  });

  it('is read as a guest’s without a session', async () => {
    const { code, out } = await commandLine(['diagnose', `${portal.url}/_services/auth/token`, '--json']);
    const found = JSON.parse(out) as { level: string; code: string; message: string }[];
    expect(code).toBe(0);
    expect(found.map(({ code }) => code)).toEqual(['guest-refused']);
    expect(found[0]?.message).toContain('The token endpoint answers guests 200 and no token.');
  });
});
