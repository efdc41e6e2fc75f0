/**
 * A browser over W3C WebDriver: only what the flows need.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises';

export type Browser = Awaited<ReturnType<typeof openBrowser>>;

// The key under which the specification hands out elements: https://www.w3.org/TR/webdriver2/#elements
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';
/** In milliseconds. Generous, so that a busy machine does not fail the tests. */
const patience = 30_000;

interface Session {
  sessionId: string;
  capabilities: { browserName: string; browserVersion: string };
}

/** Injected into pages, because WebDriver's own search does not look into shadow roots. */
const findShown = `(selector, text) => {
  const roots = [document, ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
  return roots
    .flatMap((root) => [...root.querySelectorAll(selector)])
    .find((element) => element.checkVisibility() && [element.ariaLabel, element.textContent].join(' ').includes(text))
    ?? null;
}`;

/** Opens a new session: no cookies, no storage. */
export async function openBrowser(driver: string, miniBrowser: string) {
  async function command<Value>(method: string, path: string, body?: object): Promise<Value> {
    const response = await fetch(driver + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await response.json()) as { value: Value & { error?: string; message?: string } };
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}. ${value.message}`);
    return value;
  }
  const { sessionId, capabilities } = await command<Session>('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
        timeouts: { script: patience },
      },
    },
  });
  const session = `/session/${sessionId}`;

  const find = (selector: string, text: string) =>
    command<Record<string, string> | null>('POST', `${session}/execute/sync`, {
      script: `return (${findShown})(...arguments)`,
      args: [selector, text],
    });
  /** The first visible element that contains the text, or is labelled with it. */
  async function see(selector: string, text = '') {
    for (const deadline = performance.now() + patience; performance.now() < deadline; await setTimeout(100)) {
      // A page that is being left cannot be asked.
      const element = await find(selector, text).catch(() => null);
      if (element) return { element, path: `${session}/element/${element[elementKey]}` };
    }
    const page = await evaluate<string>('document.body.innerText');
    throw new Error(`${selector} "${text}" did not show within ${patience} ms. The page says: ${page}`);
  }
  /** The value of a JavaScript expression, awaited. */
  const evaluate = <Value>(expression: string) =>
    command<Value>('POST', `${session}/execute/async`, {
      script: `const done = arguments[0]; Promise.resolve(${expression}).then(done, (error) => done(String(error)))`,
      args: [],
    });

  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    open: (url: string) => command<null>('POST', `${session}/url`, { url }),
    see,
    evaluate,
    async click(selector: string, text?: string) {
      await command('POST', `${(await see(selector, text)).path}/click`, {});
    },
    async type(selector: string, text: string) {
      await command('POST', `${(await see(selector)).path}/value`, { text });
    },
    async enterFrame(selector: string) {
      await command('POST', `${session}/frame`, { id: (await see(selector)).element });
    },
    window: () => command<string>('GET', `${session}/window`),
    /** Opens a tab, switches to it, and loads the address. */
    async openTab(url: string) {
      const { handle } = await command<{ handle: string }>('POST', `${session}/window/new`, { type: 'tab' });
      await command('POST', `${session}/window`, { handle });
      await command('POST', `${session}/url`, { url });
    },
    turnTo: (handle: string) => command<null>('POST', `${session}/window`, { handle }),
    close: () => command<null>('DELETE', session),
  };
}
