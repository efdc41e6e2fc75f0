/**
 * What is attached to the report of a test.
 *
 * @module
 */
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

/** The text of the latest attachment. */
const attached = () => String(test.info().attachments.at(-1)?.body ?? '');

test('attaches outcome, claims and the exchange on demand, without the token', async ({
  page,
  engagement,
  signIn,
}) => {
  await signIn(ada);
  await page.goto('/');
  const { token = '' } = await engagement.start();
  await engagement.attach();
  const report = attached();
  expect(report).toContain('## Chat 1: authenticated');
  expect(report).toContain(`"sub":"${ada}"`);
  expect(report).toMatch(/### GET http:.*\/token: answered 200 after \d+ ms/);
  expect(report).toMatch(/- cache-control: no-store/);
  expect(report).toMatch(/- cookie: \(hidden\)/);
  expect(report).toMatch(/"token":"\(token with the claims \{/);
  expect(report).not.toContain(token);
  expect(report).not.toContain('eyJ');
});

test('attaches what the bridge wrote, and an answer that is not a token', async ({
  page,
  engagement,
  faults,
  signIn,
}) => {
  await signIn(ada);
  await page.goto('/');
  await faults.loginPage();
  await engagement.start();
  await engagement.attach();
  expect(attached()).toMatch(/- live-assist-bridge: .*\(not-a-token\)/);
  expect(attached()).toMatch(/<title>Sign in<\/title>/);
});

test('attaches no part of a token from an address, a damaged token, or a reason', async ({
  page,
  site,
  engagement,
  signIn,
}) => {
  await signIn(ada);
  await page.goto(
    site.own(`window.authoriseChatWithCallback = async (cb) => {
      const { token } = await (await fetch('/token')).json();
      await fetch('/token?previous=' + token, { headers: { 'x-last': token.slice(0, -20) } });
      history.replaceState(null, '', '?jwt=' + token);
      console.warn('live-assist-bridge: ' + token);
      cb(token.slice(0, 90), 'no use for ' + token);
      cb(token);
    }`),
  );
  const chat = await engagement.start();
  await engagement.attach();
  expect(attached()).toContain('second answer: authenticated');
  expect(attached()).not.toContain('eyJ');
  for (const part of String(chat.second?.token).split('.')) expect(attached()).not.toContain(part);
});

test('attaches nothing of a token that the endpoint sends in parts or encoded', async ({
  page,
  site,
  engagement,
  signIn,
}) => {
  await signIn(ada);
  await page.route('**/token', async (route) => {
    const { token } = await (await route.fetch()).json();
    const [header, payload, signature] = token.split('.');
    const text = JSON.stringify({ header, payload, signature });
    await route.fulfill({ body: `${text} ${Buffer.from(`x${token}`).toString('base64')}` });
  });
  await page.goto(
    site.own(`window.authoriseChatWithCallback = async (cb) => {
      const text = await (await fetch('/token')).text();
      cb(Object.values(JSON.parse(text.split(' ')[0])).join('.'));
    }`),
  );
  const { token = '' } = await engagement.start();
  await engagement.attach();
  expect(attached()).toContain('### GET');
  for (const part of token.split('.')) expect(attached()).not.toContain(part.slice(0, 40));
  expect(attached()).not.toContain(Buffer.from(token).toString('base64').slice(8, 60));
  expect(attached()).not.toContain(Buffer.from(`x${token}`).toString('base64').slice(8, 60));
});

test('names both answers in what was received', async ({ page, site, engagement }) => {
  await page.goto(
    site.own(
      "window.authoriseChatWithCallback = (cb) => { cb(null, 'no'); setTimeout(() => cb(null, 'no'), 30) }",
    ),
  );
  const chat = await engagement.start();
  await expect.poll(() => chat.lateAnswers).toHaveLength(1);
  let message = '';
  try {
    expect(chat).toBeRefused();
  } catch (error) {
    message = stripVTControlCharacters(String(error));
  }
  expect(message).toMatch(
    /Expected: "refused"\nReceived: "refused \(reason: no\), then refused \(reason: no\) after \d+ ms"/,
  );
  test.fail();
});

test('escapes texts that look the same', async ({ page, engagement, signIn }) => {
  await signIn(ada);
  await page.goto('/');
  const chat = await engagement.start();
  let message = '';
  try {
    expect(chat).toBeAuthenticatedAs({ given_name: 'Ada\u200b' });
  } catch (error) {
    message = stripVTControlCharacters(String(error));
  }
  expect(message).toContain('Expected: authenticated with {"given_name": "Ada\\u{200b}"}');
  expect(message).toContain('Received: authenticated with {"given_name": "Ada"}');
});
