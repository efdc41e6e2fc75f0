/**
 * What each script does in difficult situations, in Chromium: whether the fault happened in one try. Only scripts that ask a
 * site's own endpoint can be compared; the clients of identity providers speak their own protocol.
 *
 * @module
 */
import { createServer } from 'node:http';
import { type Browser, chromium } from 'playwright';
import { chromiumLaunchOptions } from '../../../e2e/browser/launch-options.js';
import { listen } from '../../support/listen.js';
import { type Row, row } from '../row.js';
import { bundle } from './bundle.js';
import { kyByHand, specification } from './contenders.js';
import { tag } from './in-chromium.js';
import { type Moment, moments, timeLimit } from './moments.js';

interface Script {
  code: string;
  attributes?: string;
}

export async function behaviour(): Promise<Row[]> {
  const scriptOf = async (source: string): Promise<Script> => ({
    code: await bundle(source, { globalName: 'bundled' }),
  });
  const others = {
    'the specification’s function': await scriptOf(specification),
    'ky by hand': await scriptOf(kyByHand(`{ timeout: ${timeLimit} }`)),
  };
  const ours = { code: tag(), attributes: `data-token-endpoint="/token" data-timeout="${timeLimit}"` };
  const browser = await chromium.launch(await chromiumLaunchOptions());
  try {
    const rows: Row[] = [];
    for (const [measure, moment] of Object.entries(moments)) {
      const happened = await run(browser, ours, moment());
      for (const [against, script] of Object.entries(others))
        rows.push(
          row({
            measure,
            unit: 'of 1',
            ours: Number(happened),
            against,
            theirs: Number(await run(browser, script, moment())),
            limit: { ours: { atMost: 0 } },
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
  { code, attributes = '' }: Script,
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
  const { url, stop } = await listen(server);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await happens(page, () => requests);
  } finally {
    await context.close();
    await stop();
  }
}
