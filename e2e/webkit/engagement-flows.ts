/**
 * The engagement as a plain script in WebKit, as another test tool uses it.
 *
 * @module
 */
import { equal, match, ok } from 'node:assert/strict';
import { createMint } from '../bridge/mint.js';
import { html, json, status } from '../bridge/misbehave.js';
import { type Site, startSite } from '../bridge/site.js';
import type { Browser } from './open-browser.js';

interface Answer {
  outcome: string;
  cause?: string;
  message?: string;
  waited: number;
  claims?: { sub: string };
}

const token = await (await createMint(() => {}))();

const tag = '<script src="/live-assist-bridge.umd.js" data-token-endpoint="/token"></script>';

/** Adds the tag after the page has loaded. */
const late = `<script>
  addEventListener('load', () => setTimeout(() => {
    const tag = Object.assign(document.createElement('script'), { src: '/live-assist-bridge.umd.js' });
    tag.dataset.tokenEndpoint = '/token';
    document.head.append(tag);
  }, 300));
</script>`;

const chatOn =
  (markup: string, check: (answer: Answer) => void, prepare: (site: Site) => void = () => {}) =>
  async (browser: Browser) => {
    const site = await startSite();
    try {
      site.serve('/token', json({ token }));
      prepare(site);
      const engagement = '<script src="/dist/live-assist-engagement.js"></script>';
      site.serve('/', html(`<!doctype html><title>Site</title>${engagement}${markup}`));
      await browser.open(site.origin);
      check(await browser.evaluate<Answer>('startEngagement()'));
    } finally {
      site.close();
    }
  };

export const engagementFlows = {
  'plays an engagement that hands over the token': chatOn(tag, ({ outcome, claims }) => {
    equal(outcome, 'authenticated');
    match(claims?.sub ?? '', /^[\da-f-]{36}$/);
  }),
  'plays an engagement that waits for a late bridge': chatOn(late, ({ outcome, waited }) => {
    equal(outcome, 'authenticated');
    ok(waited > 0);
  }),
  'plays an engagement that is refused, and quotes the bridge': chatOn(
    tag,
    ({ outcome, message }) => {
      equal(outcome, 'refused');
      match(message ?? '', /^The bridge says signed-out/);
    },
    (site) => site.serve('/token', status(401)),
  ),
  'plays an engagement that names the tag’s file, which did not load': chatOn(
    tag.replace('/live', '/js/live'),
    ({ outcome, cause, message }) => {
      equal(outcome, 'method-missing');
      equal(cause, 'tag-not-loaded');
      match(message ?? '', /^The tag's file \/js\/live-assist-bridge\.umd\.js did not load/);
    },
  ),
};
