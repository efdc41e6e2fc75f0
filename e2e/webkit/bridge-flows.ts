/**
 * The built file in WebKit, on pages of a site that misbehaves.
 *
 * @module
 */
import { deepEqual, equal } from 'node:assert/strict';
import { foreignFile } from '../../test/support/foreign-file.js';
import { createMint } from '../bridge/mint.js';
import { html, json, redirect, reply, status } from '../bridge/misbehave.js';
import { type Site, startSite } from '../bridge/site.js';
import type { Browser } from './open-browser.js';

const tag = '<script src="/live-assist-bridge.umd.js" data-token-endpoint="/token"></script>';
const requirejs = () => `<script src="${foreignFile('requirejs/require.js')}"></script>`;
const refusal = [[null, 'Unable to generate key']];
// Images are allowed only for the icon, which WebKit requests by itself.
const policy =
  "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

// Runs before the tag, and records the page's events and errors. It is a file, because the strict policy forbids inline
// scripts.
const listener = `
  var heard = { codes: [], errors: [], violations: [] };
  addEventListener('live-assist-bridge:error', ({ detail }) => heard.codes.push(detail.code));
  addEventListener('error', ({ message }) => heard.errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => heard.errors.push(String(reason)));
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => heard.violations.push(violatedDirective));`;

const silence = { codes: [], errors: [], violations: [] };

const token = await (await createMint(() => {}))();

const withPage =
  (
    markup: string,
    prepare: (site: Site) => void,
    check: (browser: Browser, site: Site) => Promise<void>,
    headers = {},
  ) =>
  async (browser: Browser) => {
    const site = await startSite();
    try {
      prepare(site);
      site.serve('/listener.js', reply(listener, { 'Content-Type': 'text/javascript' }));
      site.serve('/', html(`<!doctype html><script src="/listener.js"></script>${markup}`, headers));
      await browser.open(site.origin);
      await check(browser, site);
    } finally {
      site.close();
    }
  };

/** Calls the method as Live Assist does, and returns the arguments of every callback. */
const engage = (browser: Browser) =>
  browser.evaluate<unknown[][]>(`new Promise((resolve) => {
    const answers = [];
    authoriseChatWithCallback((...words) => { answers.push(words); setTimeout(resolve, 0, answers); });
  })`);

export const bridgeFlows = {
  'refuses once when the endpoint fails, and gives the token when it is back': withPage(
    tag,
    (site) => site.serve('/token', status(500), status(500), status(500), json({ token })),
    async (browser) => {
      deepEqual(await engage(browser), refusal);
      deepEqual(await browser.evaluate('heard'), { ...silence, codes: ['endpoint-failed'] });
      deepEqual(await engage(browser), [[token]]);
    },
  ),
  'works under a strict policy and violates nothing': withPage(
    tag,
    (site) => site.serve('/token', json({ token })),
    async (browser) => {
      deepEqual(await engage(browser), [[token]]);
      deepEqual(await browser.evaluate('heard'), silence);
    },
    { 'Content-Security-Policy': policy },
  ),
  'installs itself on a page with RequireJS and raises nothing': withPage(
    `${requirejs()}${tag}<script>
      define('shop', [], () => 'open');
      var shop = new Promise((resolve, reject) => require(['shop'], resolve, reject));
    </script>`,
    (site) => site.serve('/token', json({ token })),
    async (browser) => {
      deepEqual(await engage(browser), [[token]]);
      equal(await browser.evaluate('shop'), 'open');
      deepEqual(await browser.evaluate('heard'), silence);
    },
  ),
  'refuses a redirect and does not follow it': withPage(
    tag,
    (site) => {
      site.serve('/token', redirect('/login'));
      site.serve('/login', html('<form>Sign in</form>'));
    },
    async (browser, site) => {
      deepEqual(await engage(browser), refusal);
      deepEqual(await browser.evaluate('heard'), { ...silence, codes: ['redirected'] });
      equal(site.requests().length, 1);
      equal(site.requests('/login').length, 0);
    },
  ),
};
