import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../../src/diagnosis/findings/finding.js';
import { commandLine } from '../command-line.js';

const diagnose = (...args: string[]) => commandLine(['diagnose', ...args]);

/** Codes that an implicit identity provider can answer with (contract, "What an account publishes"). */
const implicit = [
  ...['9007', '9012', '9015', '1001', '1003', '1004', '1005', '1008', '1011', '1012', '1024', '1025'],
  ...['1028', '1038', '1041', '1042', '1049', '10'],
];
const others = [
  ...['9000', '9001', '9008', '9009', '9010', '9011', '9013', '9014', '1006', '1009', '1023'],
  ...['2001', '2002', '2003', '2004', '2005', '2006', '2007'],
];

describe('diagnose CODE', () => {
  it.each(['signed-out', 'network', 'timeout', 'disposed'])('explains %s of the bridge', async (code) => {
    const { code: exit, out, err } = await diagnose(code);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(new RegExp(`^${code}\\n\\nYou see\\n {2}[A-Z].*\\n\\nWhy\\n.*\\n\\nDo\\n`, 's'));
  });

  it.each(implicit)('explains %s of Live Assist with cause and remedy', async (code) => {
    const { code: exit, out, err } = await diagnose(code);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(
      new RegExp(`^${code}\\n\\nWhy\\n {2}[A-Z].*\\n\\nDo\\n {2}[A-Z].*real account\\.\\n$`, 's'),
    );
    expect(out).not.toMatch(/What it means is not known|Try again later/);
  });

  it.each(others)('explains %s of Live Assist, which the site cannot change', async (code) => {
    expect(await diagnose(code)).toMatchObject({ code: 0, out: expect.stringContaining('\nWhy\n'), err: '' });
  });

  it('explains every finding with its own level, code and words', async () => {
    expect(findingCodes.length).toBeGreaterThan(300);
    for (const code of findingCodes) {
      const { code: exit, out } = await diagnose(code, '--json');
      const { also = [], ...first } = JSON.parse(out);
      const found = [first, ...also].find(({ source }) => source === 'diagnose');
      expect([exit, code, found]).toEqual([
        0,
        code,
        {
          source: 'diagnose',
          level: expect.stringMatching(/^(error|warning|note)$/),
          code,
          // Whole sentences, in which every fact is filled in.
          message: expect.stringMatching(/^(?!.*(undefined(?!")|\[object|NaN|\$\{))["A-Z\d/][\s\S]+[.?]\)?$/),
          isExample: expect.any(Boolean),
        },
      ]);
    }
  });

  it('says that the values of a finding are examples', async () => {
    const { out } = await diagnose('contact-elsewhere');
    expect(out).toMatch(/^contact-elsewhere\n\nError\n {2}The GUID in "sub" belongs to an account/);
    expect(out).toMatch(/The values in the text are\s+examples\.\n$/);
    expect((await diagnose('token-for-anyone')).out).not.toContain('examples');
  });

  it.each([
    ['4401', 'status', /expired/],
    ['308', 'status', /redirects/],
    ['0x80072560', 'dataverse', /knows no user/],
    ['0X80095FFC', 'dataverse', /blocks this application/],
    ['AADSTS7000222', 'entra', /secret has expired/],
    ['unexpected-answer', 'look-up', /Web API/],
    ['pkcs1', 'key', /older RSA format/],
    ['client-left', 'endpoint', /left/],
    ['2', 'exit', /not understood/],
  ])('explains %s of the origin %s', async (code, source, why) => {
    const { code: exit, out } = await diagnose(code, '--json');
    expect([exit, JSON.parse(out)]).toMatchObject([
      0,
      { source, why: expect.stringMatching(why), do: expect.stringMatching(/./) },
    ]);
  });

  it.each([
    ['signed-out', ['bridge', 'endpoint', 'diagnose']],
    ['timeout', ['bridge', 'endpoint', 'look-up']],
    ['no-contact', ['bridge', 'endpoint', 'diagnose']],
    ['not-found', ['endpoint', 'diagnose']],
    ['private-key', ['key', 'diagnose']],
  ])('explains each meaning of %s, with its origin', async (code, sources) => {
    const { also, ...first } = JSON.parse((await diagnose(code, '--json')).out);
    expect([first, ...also].map(({ source }) => source)).toEqual(sources);
    const { out } = await diagnose(code);
    expect(out.startsWith(`${code}\n`)).toBe(true);
    for (const source of sources.slice(1)) expect(out).toContain(`\n${code} (${source})\n`);
  });

  it.each([
    ['contact-elswhere', 'contact-elsewhere'],
    ['Signed_Out', 'signed-out'],
    ['signedout', 'signed-out'],
    ['0x80072561', '0x80072560'],
    ['9006', '9000'],
    ['AADSTS', undefined],
    ['my-file', undefined],
  ])('answers %s with the nearest code, %s', async (written, meant) => {
    const { code, out, err } = await diagnose(written);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    if (meant)
      expect(err).toContain(
        `: ${written} is not a known code, and there is no file of that name. Did you mean ${meant}?`,
      );
    else expect(err).not.toContain('Did you mean');
  });

  it('looks for a file if a word is not written like a code', async () => {
    for (const word of ['token', 'saved', 'token.txt', './expired', 'eyJhbGciOiJSUzI1NiJ9'])
      expect((await diagnose(word)).err).toMatch(/ no file /i);
  });

  it('prints JSON', async () => {
    const { out } = await diagnose('1012', '--json');
    expect(JSON.parse(out)).toMatchObject({ code: '1012', source: 'vendor', why: 'The token has expired.' });
  });

  it('fits 80 columns', async () => {
    for (const code of [...implicit, 'signed-out', 'private-key', '0x80072560', 'failed'])
      expect((await diagnose(code)).out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('says that a number is not a known code', async () => {
    expect(await diagnose('9999')).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/: 9999 is not a known code, and there is no file of that name\./),
    });
  });

  it('does not treat the name of an object property as a code', async () => {
    for (const word of ['constructor', 'toString', '9999'])
      expect(await diagnose(word)).toMatchObject({ code: 2, out: '' });
  });
});
