import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { dynamicsFailure } from '../../src/cli/probe/dynamics-failure.js';
import { entraCodes } from '../../src/contract/entra-codes.js';
import { DataverseError } from '../../src/server/dataverse/dataverse-error.js';
import { refusalCodes } from '../../src/server/dataverse/refusal-codes.js';
import { commandLine } from './command-line.js';

describe('a refusal by Dynamics at the command line', () => {
  it.each(Object.entries(refusalCodes))('is explained by its own code, %s', (code, known) => {
    const { message } = dynamicsFailure(new DataverseError('forbidden', 'x', 403, code));
    expect(message).toContain(`${known?.fact} (${code})`);
    expect(message).toContain(known?.remedy);
  });

  it('without a code is a guess, and names the access level', () => {
    const { message } = dynamicsFailure(new DataverseError('forbidden', 'x', 403));
    expect(message).toMatch(/A guess: .*Organization level/);
  });
});

describe('a refusal by Entra', () => {
  const refusal = (number: number) =>
    JSON.stringify({
      error: 'invalid_client',
      error_description: `AADSTS${number}: Something is wrong. Trace ID: 00000000-0000-0000-0000-000000000000`,
      error_codes: [number],
    });

  it('is named first in whatever status an endpoint passes it on', async () => {
    for (const status of [200, 400, 401, 403, 500, 502]) {
      const [first] = await diagnose(new Response(refusal(7000222), { status }));
      expect(first?.message).toMatch(/The client secret has expired \(AADSTS7000222\)\. Create a new secret/);
    }
  });

  it('is explained in a pasted text and in DATAVERSE_TOKEN', async () => {
    expect((await diagnose(refusal(700016)))[0]?.message).toMatch(/not known in this tenant/);
    const env = { DATAVERSE_TOKEN: 'ERROR: AADSTS700082: The refresh token has expired due to inactivity.' };
    const { err } = await commandLine(['diagnose', 'x', '--dynamics', 'https://contoso.crm4.dynamics.com'], {
      env,
    });
    expect(err).toMatch(/The sign-in has expired .* \(AADSTS700082\)\. Sign in again: az login\.\n$/);
  });

  it.each(Object.entries(entraCodes))(
    'is explained as a code, AADSTS%s',
    async (number, { fact, remedy }) => {
      const { out, code } = await commandLine(['diagnose', `AADSTS${number}`, '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ source: 'entra', why: `${fact}.`, do: remedy });
    },
  );

  it('with another number is looked up at Microsoft', async () => {
    const { out } = await commandLine(['diagnose', 'AADSTS1234567', '--json']);
    expect(JSON.parse(out).do).toContain('https://login.microsoftonline.com/error?code=1234567');
  });

  it('has the numbers of docs/dynamics-setup.md and of every recipe in one table', () => {
    const recipes = readdirSync('demo/recipes', { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(php|py|rb|java|cs)$/.test(path))
      .map((path) => readFileSync(join('demo/recipes', path), 'utf8'));
    const setup = readFileSync('docs/dynamics-setup.md', 'utf8');
    const numbers = [setup, ...recipes].flatMap((text) => text.match(/(?<=AADSTS)\d{4,}/g) ?? []);
    expect(new Set(numbers).size).toBeGreaterThan(4);
    expect(Object.keys(entraCodes)).toEqual(expect.arrayContaining([...new Set(numbers)]));
  });
});
