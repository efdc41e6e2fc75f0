import { generateKeys } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { tryIntroduction } from '../../../src/cli/output/try-introduction.js';
import { commandLine, file } from '../command-line.js';

describe('try', () => {
  const organisation = 'https://contoso.crm4.dynamics.com';

  it.each<[string[], RegExp]>([
    [['--port', 'x'], /--port is not a port/],
    [['--port', '70000'], /1 to 65535/],
    [['--site', 'shop.test'], /--site is not an origin/],
    [['--site', 'https://shop.test/'], /--site is not an origin/],
    [['--site', 'https://shop.test,shop.test'], /--site is not an origin/],
    [['--method-name', 'a b'], /method name/],
    [['--issuer', 'a b'], /--issuer contains white space/],
    [['--public-key', 'nowhere.pem'], /--public-key: there is no file "nowhere\.pem"/],
    [['--dynamics', 'contoso'], /--dynamics is not the address of an organisation/],
    [['--dynamics', 'http://contoso.example'], /--dynamics is not the address of an organisation/],
    [['--access-token', '@token.json'], /--access-token goes with --dynamics/],
    [['--dynamics', organisation], /DATAVERSE_TOKEN is not set/],
    [['--dynamics', organisation, '--listen-on', '192.0.2.1'], /Leave out --listen-on/],
    ...['0.0.0.0', '0', '0.0', '0x0', '000.0.0.0', '*', '::', '::0', '0::', '0:0:0:0:0:0:0:0', '::0.0.0.0']
      .concat('0000:0000:0000:0000:0000:0000:0000:0000', '::ffff:0.0.0.0', '::FFFF:0:0', '0:0:0:0:0:ffff:0:0')
      .flatMap((all): [string[], RegExp][] => [
        [['--listen-on', all], /one address of this machine.* and not all of them/],
        [['--dynamics', organisation, '--listen-on', all], /Leave out --listen-on/],
      ]),
    [['--listen-on', ''], /--listen-on needs a value/],
    [['--listen-on', '192.168.1'], /--listen-on is not an IP address/],
    [['--listen-on', '192.168.1.20:80'], /--listen-on is not an IP address/],
    [['--listen-on', 'localhost'], /--listen-on is not an IP address/],
  ])('answers %o with a sentence', async (args, words) => {
    const { code, out, err } = await commandLine(['try', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses a private key in place of the public one, without repeating it', async () => {
    const { privateKey } = await generateKeys();
    const { code, err } = await commandLine(['try', '--public-key', file(privateKey, 'key.pem')]);
    expect(code).toBe(2);
    expect(err).toMatch(/This is a private key/);
    expect(err).not.toContain(privateKey.split('\n')[1]);
  });

  it('says that its tag must not stay on a public page, and that its addresses hold a key', () => {
    const addresses = { steps: 'http://127.0.0.1:8790/?key=k', desk: '', configuration: '' };
    const text = tryIntroduction(
      { addresses, tag: '<script></script>', close: async () => {} },
      {
        configuration: { publicKey: '', issuer: '', methodName: 'getToken' },
        port: 0,
        sites: [],
      },
      {
        stdin: (async function* () {})(),
        stdout: { write: () => {} },
        stderr: { write: () => {} },
        env: {},
      },
    );
    expect(text.replace(/\s+/g, ' ')).toContain('Remove the tag before the site is public.');
    expect(text).toContain('http://127.0.0.1:8790/?key=k\n');
    expect(text.replace(/\s+/g, ' ')).toContain('The three addresses contain a key, so other users');
  });
});
