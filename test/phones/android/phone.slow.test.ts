/**
 * The app's file for Android against the demo's token endpoint, and its script in a page.
 *
 * @module
 */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { account } from '../account.js';
import { callAsPhone } from '../call-as-phone.js';
import { pages, postedBy, token } from '../page-script.js';
import { type RunningDemo, runDemo } from '../run-demo.js';
import { javac } from './compile.js';
import { type AndroidPhone, startAndroidPhone } from './phone.js';

const refused = 'answer ';

describe.skipIf(!javac)('the app for Android', () => {
  let phone: AndroidPhone;

  beforeAll(async () => {
    phone = await startAndroidPhone();
  });

  afterAll(async () => {
    await phone.stop();
    expect(phone.log()).toBe('');
  });

  const ask = () => {
    phone.tell('ask');
    return phone.hear();
  };

  describe('with a session of its own', () => {
    let demo: RunningDemo;
    let session: string;

    beforeAll(async () => {
      demo = await runDemo();
    });

    afterAll(() => demo?.stop());

    beforeEach(async () => {
      const json = account('Patrick');
      const { body } = await callAsPhone(`${demo.site}/phone/sign-in`, { method: 'POST', json });
      session = body.session ?? '';
      phone.tell(`endpoint ${demo.site}/live-assist/token`);
      phone.tell(`session ${session}`);
    });

    const claims = async () => decodeJwt((await ask()).replace('answer ', ''));

    it("hands the SDK the visitor's token", async () => {
      expect(await claims()).toMatchObject({ given_name: 'Patrick', family_name: "O'Brien" });
    });

    it('hands over a new token whenever the SDK asks', async () => {
      const { iat: first = 0 } = await claims();
      await expect.poll(async () => (await claims()).iat, { timeout: 5000 }).toBeGreaterThan(first);
      const { iat = 0, exp } = await claims();
      expect(exp).toBe(iat + 7200);
    });

    it('refuses while nobody is signed in', async () => {
      phone.tell('session');
      expect(await ask()).toBe(refused);
    });

    it('refuses when the site has ended the session', async () => {
      const headers = { Authorization: `Bearer ${session}` };
      await callAsPhone(`${demo.site}/phone/sign-out`, { method: 'POST', headers });
      expect(await ask()).toBe(refused);
    });

    it('refuses when the address leads to a page', async () => {
      phone.tell(`endpoint ${demo.site}/`);
      expect(await ask()).toBe(refused);
    });
  });

  describe("with the site's page in a WebView", () => {
    const origin = 'https://www.example.com';

    beforeEach(() => phone.tell(`page ${origin}`));

    it.each(pages)('%s', async (_, method, posted) => {
      const script = (await ask()).replace('script ', '');
      const [text = ''] = postedBy(script, method);
      expect(text).toMatch(new RegExp(`^[0-9a-f-]{36} ${posted}$`));
      phone.tell(`post ${origin} ${text}`);
      expect(await phone.hear()).toBe(posted === token ? `answer ${token}` : refused);
    });
  });
});
