/**
 * Calls that come from the window of a frame.
 *
 * @module
 */
import { engage, expect, test } from './field.js';

test('calls back into another realm, and survives that it is gone', async ({ page, serveTokens, visit }) => {
  const [token] = await serveTokens('visitor');
  await visit({ tokenEndpoint: '/token' });
  const answer = await page.evaluate(`new Promise((resolve) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    window.take = resolve;
    frame.contentWindow.eval('parent.authoriseChatWithCallback((...args) => parent.take(args))');
  })`);
  expect(answer).toEqual([token]);
  await page.evaluate(`(() => {
    const frame = document.querySelector('iframe');
    const callback = frame.contentWindow.eval('const home = parent; (...args) => home.take(args)');
    liveAssistBridge.bridge.forgetToken();
    authoriseChatWithCallback(callback);
    frame.remove();
  })()`);
  expect(await engage(page)).toEqual([token]);
});
