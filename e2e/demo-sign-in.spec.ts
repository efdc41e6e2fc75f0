/**
 * The site's sign-in form: with and without JavaScript, with wrong input, and after the session has gone.
 *
 * @module
 */
import { expect, test } from './demo-test.js';

test('the page says so if the session has ended elsewhere', async ({ site, visitor }) => {
  await visitor.signIn('Maya Okafor');
  await site.context().clearCookies();
  // A hidden page keeps no token, so the next click must request one.
  await site.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await visitor.chatButton.click();
  await expect(site.getByText('Your session has ended.')).toBeVisible();
});

test('a wrong password keeps what was typed and says what to do', { tag: '@core' }, async ({ site }) => {
  await site.getByLabel('E-mail address').fill('maya@example.com');
  await site.getByLabel('Password').fill('wrong');
  await site.getByRole('button', { name: 'Sign in' }).click();
  await expect(site.getByRole('alert')).toContainText('do not belong together');
  await expect(site.getByLabel('E-mail address')).toHaveValue('maya@example.com');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('visitors sign in and out', async ({ site, visitor }) => {
    await visitor.signIn('Zoë Łukasiewicz');
    await expect(site.getByText('Solar Return')).toBeVisible();
    await site.getByRole('button', { name: 'Sign out' }).click();
    await expect(site.getByRole('button', { name: 'Sign in' })).toBeVisible();
  });
});
