/** The app's Java file against the demo and against a page in a WebView. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCommand } from '../recipes/find-command.js';
import { account } from './account.js';
import { type AndroidPhone, startAndroidPhone } from './android-phone.js';
import { callAsPhone } from './call-as-phone.js';
import { type RunningDemo, runDemo } from './run-demo.js';

const javac = findCommand(['javac'], ['--release', '17', '--version'], {
  skipped: "the app's file for Android (demo/phones/LiveAssistTokens.java)",
  needs: 'a JDK of version 17 or newer',
});
const refused = 'answer main ';
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe.skipIf(!javac)('the app for Android', () => {
  let phone: AndroidPhone;

  beforeAll(async () => {
    phone = await startAndroidPhone();
  }, 60_000);

  afterAll(async () => {
    await phone.stop();
    expect(phone.log()).toBe('');
  });

  describe('with a session of its own', () => {
    let demo: RunningDemo;
    let session: string;

    beforeAll(async () => {
      demo = await runDemo();
    }, 60_000);

    beforeEach(async () => {
      const json = account('Patrick');
      const { body } = await callAsPhone(`${demo.site}/phone/sign-in`, { method: 'POST', json });
      session = body.session ?? '';
      phone.tell(`endpoint ${demo.site}/live-assist/token`);
    });

    afterAll(() => demo?.stop());

    const claims = async () => {
      phone.tell('ask');
      const [, thread, token = ''] = (await phone.hear()).split(' ');
      expect(thread).toBe('main');
      return decodeJwt(token);
    };

    it("hands the SDK the visitor's token, on the main thread", async () => {
      phone.tell(`session ${session}`);
      expect(await claims()).toMatchObject({ given_name: 'Patrick', family_name: "O'Brien" });
    });

    it('hands over a token minted at that moment whenever the SDK asks', async () => {
      phone.tell(`session ${session}`);
      const { iat: first = 0 } = await claims();
      await expect.poll(async () => (await claims()).iat, { timeout: 5000 }).toBeGreaterThan(first);
      const { iat = 0, exp } = await claims();
      expect(exp).toBe(iat + 7200);
    });

    it('refuses with an empty text while nobody is signed in', async () => {
      phone.tell('session');
      phone.tell('ask');
      expect(await phone.hear()).toBe(refused);
    });

    it('refuses when the site has ended the session', async () => {
      phone.tell(`session ${session}`);
      const headers = { Authorization: `Bearer ${session}` };
      await callAsPhone(`${demo.site}/phone/sign-out`, { method: 'POST', headers });
      phone.tell('ask');
      expect(await phone.hear()).toBe(refused);
    });

    it('refuses when the address leads to a page, to a redirect, to nothing', async () => {
      phone.tell(`session ${session}`);
      for (const address of [
        `${demo.site}/`,
        demo.site.replace('localhost', '127.0.0.1'),
        'http://127.0.0.1:1/',
      ]) {
        phone.tell(`endpoint ${address}`);
        phone.tell('ask');
        expect(await phone.hear()).toBe(refused);
      }
    });
  });

  describe("with the site's page in a WebView", () => {
    const origin = 'https://www.example.com';

    beforeEach(async () => {
      phone.tell(`page ${origin}`);
      expect(await phone.hear()).toBe(`listener liveAssistApp [${origin}]`);
    });

    const ask = async () => {
      phone.tell('ask');
      return phone.hear();
    };

    const deliver = async (where: string, text: string) => {
      phone.tell(`message ${where} ${text}`);
      expect(await phone.hear()).toBe('delivered');
    };

    it("hands over the page's token", async () => {
      const { sent, page } = openPage((callback) => callback(jwt));
      run(await ask(), page);
      expect(sent).toEqual([jwt]);
      await deliver(`${origin} main`, jwt);
      expect(await phone.hear()).toBe(`answer main ${jwt}`);
    });

    it.each([
      ['another site', 'https://evil.example main'],
      ['a host whose name begins alike', `${origin}.evil.example main`],
      ['the origin without TLS', 'http://www.example.com main'],
      ['a frame within the page', `${origin} frame`],
    ])('takes nothing from %s', async (_, where) => {
      await ask();
      await deliver(where, jwt);
      await deliver(`${origin} main`, 'e30.e30.b3du');
      expect(await phone.hear()).toBe('answer main e30.e30.b3du');
    });

    it('takes nothing that it has not asked for', async () => {
      await deliver(`${origin} main`, jwt);
      await ask();
      await deliver(`${origin} main`, 'e30.e30.b3du');
      expect(await phone.hear()).toBe('answer main e30.e30.b3du');
    });

    it.each(['', 'no token', '<html>', 'a.b', `${jwt}.x`])(
      'refuses when the page says "%s"',
      async (text) => {
        await ask();
        await deliver(`${origin} main`, text);
        expect(await phone.hear()).toBe(refused);
      },
    );

    it('is refused by a page whose visitor is signed out, and by a page without the bridge', async () => {
      const script = await ask();
      for (const method of [(callback: Callback) => callback(null, 'Unable to generate key'), undefined]) {
        const { sent, page } = openPage(method);
        run(script, page);
        expect(sent).toEqual(['']);
      }
      await deliver(`${origin} main`, '');
      expect(await phone.hear()).toBe(refused);
    });

    it('refuses within eight seconds when the page says nothing', async () => {
      await ask();
      expect(await phone.hear()).toBe(refused);
    });
  });
});

type Callback = (token: string | null, error?: string) => void;

function openPage(method: ((callback: Callback) => void) | undefined) {
  const sent: string[] = [];
  const liveAssistApp = { postMessage: (text: string) => sent.push(text) };
  return { sent, page: { authoriseChatWithCallback: method, liveAssistApp } };
}

/** Runs what the app gave its WebView, with the page as the global object. */
function run(line: string, page: object): void {
  const script = line.slice('script '.length);
  new Function('page', `const window = page; with (page) { ${script} }`)(page);
}
