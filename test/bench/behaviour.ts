/**
 * What each script does in five difficult situations, in Chromium: whether the fault happened in one try. Only scripts
 * that ask a site's own endpoint can be compared; the clients of identity providers speak their own protocol.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { bundle } from './bundle.js';
import { token } from './page-server.js';
import { type Row, row } from './row.js';

/** The time limit of each script in milliseconds, if it has such an option. */
const limit = 1000;

/** The specification's function, which fetches and keeps the token until `exp` by the visitor's clock. */
const keepsByClock = `let kept;
  window.authoriseChatWithCallback = (callback) => {
    if (kept && kept.exp > Date.now() / 1000) return callback(kept.token);
    fetch('/token').then((answer) => answer.json()).then(
      ({ token }) => {
        kept = { token, exp: JSON.parse(atob(token.split('.')[1])).exp };
        callback(token);
      },
      () => callback(null, 'Unable to generate key'),
    );
  };`;

const kyByHand = `import ky from 'ky';
  window.authoriseChatWithCallback = (callback) =>
    ky('/token', { timeout: ${limit} }).json().then(
      ({ token }) => callback(token),
      () => callback(null, 'Unable to generate key'),
    );`;

/** Answers the nth request for the token; the last answer repeats. */
type Answer = (response: ServerResponse) => unknown;
const give =
  (text: string): Answer =>
  (response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token: text }));

/** The token that answers one call; `null` is a refusal, `undefined` means no answer yet. */
const call = (page: Page, milliseconds: number) =>
  page.evaluate(
    (wait) =>
      new Promise<string | null | undefined>((resolve) => {
        setTimeout(resolve, wait);
        window.authoriseChatWithCallback?.((answer) => resolve(answer));
      }),
    milliseconds,
  );

interface Moment {
  answers: Answer[];
  head?: string;
  /** Whether the fault named in the row happened. */
  happens(page: Page, requests: () => number): Promise<boolean>;
}

const moments: Record<string, () => Moment> = {
  'hands over an expired token after the clock was set back': () => {
    const [first, second] = [token(2), token(7200)];
    return {
      answers: [give(first), give(second)],
      async happens(page) {
        await call(page, 5000);
        await page.evaluate('Date.now = ((now) => () => now() - 3600000)(Date.now)');
        await page.waitForTimeout(2500);
        return (await call(page, 5000)) === first;
      },
    };
  },
  'asks again after 401': () => ({
    answers: [(response) => response.writeHead(401).end(), give(token(7200))],
    async happens(page, requests) {
      await call(page, 4000);
      return requests() > 1;
    },
  }),
  'hands over a late answer for the visitor who has signed out': () => {
    const late = token(7200);
    return {
      answers: [(response) => setTimeout(() => give(late)(response), 600), give(token(7200))],
      async happens(page) {
        const answered = call(page, 5000);
        await page.waitForTimeout(200);
        await page.evaluate('window.liveAssistBridge?.bridge.forgetToken()');
        return (await answered) === late;
      },
    };
  },
  'answers after its own time limit': () => ({
    answers: [
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
        setTimeout(() => response.end(`"token":"${token(7200)}"}`), 3 * limit);
      },
    ],
    happens: async (page) => (await call(page, 2 * limit)) === undefined,
  }),
  'takes an answer that the page has preloaded': () => {
    const preloaded = token(7200);
    return {
      answers: [give(preloaded), give(token(7199))],
      head: '<link rel="preload" as="fetch" crossorigin href="/token">',
      async happens(page) {
        await page.waitForLoadState('networkidle');
        return (await call(page, 5000)) === preloaded;
      },
    };
  },
};

export async function behaviour(): Promise<Row[]> {
  const tag = readFileSync(new URL('../../dist/live-assist-bridge.umd.js', import.meta.url), 'utf8');
  const scripts = {
    ours: { code: tag, attributes: `data-token-endpoint="/token" data-timeout="${limit}"` },
    'the specification’s function, with a fetch': { code: keepsByClock, attributes: '' },
    'ky by hand': { code: await bundle(kyByHand, { globalName: 'byHand' }), attributes: '' },
  };
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const rows: Row[] = [];
    for (const [measure, moment] of Object.entries(moments)) {
      const { ours, ...others } = scripts;
      const happened = await run(browser, ours, moment());
      for (const [against, script] of Object.entries(others))
        rows.push(
          row({
            measure,
            unit: 'of 1',
            ours: Number(happened),
            against,
            theirs: Number(await run(browser, script, moment())),
            goal: { ours: { atMost: 0 } },
          }),
        );
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function run(
  browser: Browser,
  { code, attributes }: { code: string; attributes: string },
  { answers, head = '', happens }: Moment,
): Promise<boolean> {
  let requests = 0;
  const server = createServer(({ url }, response) => {
    response.setHeader('Cache-Control', 'no-store');
    if (url === '/token') (answers[requests++] ?? answers.at(-1))?.(response);
    else if (url === '/script.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(code);
    else {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html>${head}<script src="/script.js" ${attributes}></script>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
    return await happens(page, () => requests);
  } finally {
    await context.close();
    server.close();
    server.closeAllConnections();
  }
}
