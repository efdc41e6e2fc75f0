import { describe, expect, it } from 'vitest';
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

  it('prints JSON', async () => {
    const { out } = await diagnose('1012', '--json');
    expect(JSON.parse(out)).toMatchObject({ code: '1012', source: 'vendor', why: 'The token has expired.' });
  });

  it('fits 80 columns', async () => {
    for (const code of [...implicit, 'signed-out'])
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
