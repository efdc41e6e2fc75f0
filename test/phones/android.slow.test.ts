/** The app's Java file against the demo and against a page in a WebView. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
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

describe.skipIf(!javac)("the app's file for Android", () => {
  const file = readFileSync(new URL('../../demo/phones/LiveAssistTokens.java', import.meta.url), 'utf8');
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-assist-app-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const compile = (files: Record<string, string>, stubs: string) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const path = fileURLToPath(new URL(`stubs/${stubs}`, import.meta.url));
    const names = Object.keys(files).map((name) => join(folder, name));
    const { status, stderr } = spawnSync(
      'javac',
      ['-implicit:none', '-sourcepath', path, '-d', folder, ...names],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
  };

  it('compiles without androidx.webkit once Page is deleted, as its head says', () => {
    const [rest = ''] = file
      .replace(/^import .* \/\/ for Page\n/gm, '')
      .split(/\n {4}\/\*\*\n {5}\* A page of/);
    expect(rest).not.toMatch(/class Page implements|^import android/m);
    const sdk = ['LiveAssistAuth', 'LiveAssistDelegate'].map((name) => [
      `${name}.java`,
      readFileSync(new URL(`stubs/com/cafex/liveassist/${name}.java`, import.meta.url), 'utf8'),
    ]);
    compile({ ...Object.fromEntries(sdk), 'LiveAssistTokens.java': `${rest}\n}\n` }, 'none');
  });

  it('is used as its head says, with no exception to catch', () => {
    const [head = ''] = file.split('package ');
    const samples = [...head.matchAll(/(?:^\/\/ {5,}\S.*\n)+/gm)].map(([lines]) =>
      lines.replace(/^\/\/ /gm, ''),
    );
    const app = `import com.example.liveassist.LiveAssistTokens;
      class App {
        interface Config { void setJavascriptMethodName(String name); void setLiveAssistDelegate(LiveAssistTokens tokens); }
        interface Session { String key(); }
        static class ContextCompat { static java.util.concurrent.Executor getMainExecutor(Object context) { return null; } }
        void setUp(Config config, Session mySession, Object context, android.webkit.WebView webView) {
          ${samples.map((lines) => `{ ${lines} }`).join('\n')}
        }
      }`;
    expect(app).toContain('Endpoint(');
    expect(app).toContain('Page(');
    compile({ 'LiveAssistTokens.java': file, 'App.java': app }, '');
  });
});

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

    it.each([
      ['has a line break', 'key-of-the\\n-session'],
      ['cannot be read', 'unreadable'],
    ])('refuses at once, and prints nothing, when the session key %s', async (_, key) => {
      phone.tell(`session ${key}`);
      const before = Date.now();
      phone.tell('ask');
      expect(await phone.hear()).toBe(refused);
      expect(Date.now() - before).toBeLessThan(4000);
      expect(phone.log()).toBe('');
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

    it('takes the place of the one before on the same WebView', async () => {
      phone.tell(`page ${origin}:8443`);
      expect(await phone.hear()).toBe(`listener liveAssistApp [${origin}:8443]`);
      await ask();
      await deliver(`${origin}:8443 main`, `1 ${jwt}`);
      expect(await phone.hear()).toBe(`answer main ${jwt}`);
    });

    const deliver = async (where: string, text: string) => {
      phone.tell(`message ${where} ${text}`);
      expect(await phone.hear()).toBe('delivered');
    };

    it("hands over the page's token", async () => {
      const { sent, page } = openPage((callback) => callback(jwt));
      run(await ask(), page);
      expect(sent).toEqual([`1 ${jwt}`]);
      await deliver(`${origin} main`, `1 ${jwt}`);
      expect(await phone.hear()).toBe(`answer main ${jwt}`);
    });

    it('takes for one request what the page says to it, and not what it has said to the one before', async () => {
      const { sent, page } = openPage((callback) => callback(jwt));
      run(await ask(), page);
      run(await ask(), page);
      expect(sent).toEqual([`1 ${jwt}`, `2 ${jwt}`]);
      await deliver(`${origin} main`, '1 ');
      expect(await phone.hear()).toBe(refused);
      await deliver(`${origin} main`, `1 ${jwt}`);
      await deliver(`${origin} main`, '2 e30.e30.b3du');
      expect(await phone.hear()).toBe('answer main e30.e30.b3du');
    });

    it.each([
      ['another site', 'https://evil.example main'],
      ['a host whose name begins alike', `${origin}.evil.example main`],
      ['the origin without TLS', 'http://www.example.com main'],
      ['a frame within the page', `${origin} frame`],
    ])('takes nothing from %s', async (_, where) => {
      await ask();
      await deliver(where, `1 ${jwt}`);
      await deliver(`${origin} main`, '1 e30.e30.b3du');
      expect(await phone.hear()).toBe('answer main e30.e30.b3du');
    });

    it('takes nothing that it has not asked for', async () => {
      await deliver(`${origin} main`, `1 ${jwt}`);
      await ask();
      await deliver(`${origin} main`, jwt);
      await deliver(`${origin} main`, '1 e30.e30.b3du');
      expect(await phone.hear()).toBe('answer main e30.e30.b3du');
    });

    it.each(['', 'no token', '<html>', 'a.b', `${jwt}.x`, 'é.é.é'])(
      'refuses when the page says "%s"',
      async (text) => {
        await ask();
        await deliver(`${origin} main`, `1 ${text}`);
        expect(await phone.hear()).toBe(refused);
      },
    );

    it('is refused by a page whose visitor is signed out, and by a page without the bridge', async () => {
      const script = await ask();
      for (const method of [(callback: Callback) => callback(null, 'Unable to generate key'), undefined]) {
        const { sent, page } = openPage(method);
        run(script, page);
        expect(sent).toEqual(['1 ']);
      }
      await deliver(`${origin} main`, '1 ');
      expect(await phone.hear()).toBe(refused);
    });

    it('refuses within eight seconds when the page says nothing', async () => {
      const asked = performance.now();
      await ask();
      expect(await phone.hear()).toBe(refused);
      // Live Assist waits for ten.
      expect(performance.now() - asked).toBeLessThan(10_000);
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
