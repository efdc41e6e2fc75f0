/**
 * The result of each fault. docs/testing.md quotes these results.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import type { Chat, Faults, RefusalCode } from 'live-assist-bridge/testing/playwright';
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

/** A method as sites write it themselves: it checks only the status. */
const own = `window.authoriseChatWithCallback = (callback) => {
  const token = async () => {
    const answer = await fetch('/token', { signal: AbortSignal.timeout(8_000) });
    if (!answer.ok) throw new Error('status ' + answer.status);
    return (await answer.json()).token;
  };
  token().then((token) => callback(token), () => callback(null, 'Unable to generate key'));
}`;

/** A code, or the outcome of a chat without one. */
type Result = RefusalCode | 'refused' | 'authenticated';

const table: [string, (faults: Faults) => Promise<void>, Result, Result][] = [
  ['down()', (faults) => faults.down(), 'network', 'refused'],
  ['status(401)', (faults) => faults.status(401), 'signed-out', 'refused'],
  ['status(403)', (faults) => faults.status(403), 'forbidden', 'refused'],
  [
    "status(403, { error: 'no-contact' })",
    (faults) => faults.status(403, { error: 'no-contact' }),
    'no-contact',
    'refused',
  ],
  ['status(404)', (faults) => faults.status(404), 'endpoint-failed', 'refused'],
  ['status(429)', (faults) => faults.status(429), 'rate-limited', 'refused'],
  ['status(500)', (faults) => faults.status(500), 'endpoint-failed', 'refused'],
  ['slow(20_000)', (faults) => faults.slow(20_000), 'timeout', 'refused'],
  ['stalledBody()', (faults) => faults.stalledBody(), 'timeout', 'refused'],
  ['loginPage()', (faults) => faults.loginPage(), 'not-a-token', 'refused'],
  ["redirect('/login')", (faults) => faults.redirect('/login'), 'redirected', 'refused'],
  ['expiredToken()', (faults) => faults.expiredToken(), 'token-expired', 'expired'],
  ['foreignKey()', (faults) => faults.foreignKey(), 'other-pair', 'other-pair'],
  ['milliseconds()', (faults) => faults.milliseconds(), 'wrong-claims', 'time-milliseconds'],
  ['offline()', (faults) => faults.offline(), 'network', 'refused'],
  ['clockSkew(-3_600_000)', (faults) => faults.clockSkew(-3_600_000), 'authenticated', 'authenticated'],
];

const manual = readFileSync(new URL('../docs/testing.md', import.meta.url), 'utf8');
/** The rows of the table of faults: each fault of the endpoint with its two results. */
const quoted = manual
  .slice(manual.indexOf('| `faults.` |'), manual.indexOf('The last column is for sites'))
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()))
  .filter(([, fault = '']) => /\(/.test(fault) && !/^(end|signOutInOtherTab)\(/.test(fault))
  .map(([, fault, , ...results]) => [fault, ...results.slice(0, 2).map((result) => result || 'refused')]);

const resultOf = ({ outcome, code }: Chat) => code ?? outcome;

test.beforeEach(({ signIn }) => signIn(ada));

for (const [fault, play, withBridge, withOwn] of table)
  test(`${fault} leads to ${withBridge}, on a page with a method of its own to ${withOwn}`, async ({
    page,
    site,
    engagement,
    faults,
  }) => {
    await page.goto('/');
    await play(faults);
    expect(resultOf(await engagement.start())).toBe(withBridge);
    await faults.end();
    await page.goto(site.own(own));
    await play(faults);
    expect(resultOf(await engagement.start())).toBe(withOwn);
  });

test('docs/testing.md quotes these', () => {
  expect(quoted.length).toBeGreaterThan(10);
  const played = table.map(([fault, , ...results]) => [fault, ...results]);
  expect(played).toEqual(expect.arrayContaining(quoted));
});
