/**
 * From an empty folder to a chat on a new site: the packed package, `init`, `try`, a click, and the record at the desk.
 *
 * @module
 */
import { request } from 'node:http';
import { expect, test } from '@playwright/test';
import { createAgent, createVisitor } from './demo-test.js';
import { startNewSite } from './testing/new-site.js';

const contact = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';

test('init and try lead from an empty folder to an authenticated chat at the desk', async ({
  page,
  context,
}) => {
  // A generous limit: this packs the package and starts four processes, and a busy machine must not fail the test.
  test.setTimeout(180_000);
  const site = await startNewSite();
  try {
    await page.goto(site.url);
    await createVisitor(page).chatButton.click();
    await expect(createVisitor(page).status).toHaveText(/Trial Visitor\. You are in the queue/);
    const desk = await context.newPage();
    await desk.goto(site.desk);
    await createAgent(desk).accept('Trial Visitor');
    await expect(createAgent(desk).record.getByText(contact)).toBeVisible();
    await desk.goto(site.steps);
    await expect(desk.locator('[data-state="done"]')).toHaveCount(8);

    expect(site.untracked).not.toContain('.pem');
    expect(site.untracked).toContain('live-assist.mjs');
    const again = await site.initAgain();
    expect(again).toContain('Kept .live-assist/private_key.pem');
    expect(again).toContain('Nothing wrong was found.');
    expect(again).not.toContain((await site.privateKey()).split('\n')[1]);
    // A guest from elsewhere.
    expect(await statusFor(site.url, { 'x-forwarded-for': '203.0.113.7' })).toBe(401);
    expect(await statusFor(site.url, { host: 'www.example.com' })).toBe(401);
    expect(await statusFor(site.url, {})).toBe(200);
    expect(site.log()).toContain('did not come directly from this machine');
  } finally {
    await site.stop();
  }
});

function statusFor(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/live-assist/token`, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}
