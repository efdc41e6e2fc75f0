/**
 * A visible window that stands in for Live Assist's, for tests that click and for screenshots.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import type { Chat } from './chat.js';

/** What `engagement.show()` puts on the page. It disappears when the page navigates or reloads. */
export interface StandIn {
  /** The button that the visitor clicks to engage. Each click starts an engagement. */
  button: Locator;
  /** The window, which opens at the click. */
  window: Locator;
  /** The button that closes the window, in case the window covers other elements. */
  close: Locator;
  /** Says which contact the visitor chats as, or shows the offline survey. */
  status: Locator;
  /** Says why there is no authenticated chat. Live Assist itself does not tell visitors. */
  reason: Locator;
  /**
   * Resolves to the chat of the last click. Waits for the first click.
   *
   * @throws Error if `button` is not clicked within five seconds, or if the window is no longer on the page.
   */
  chat(): Promise<Chat>;
}

/** Runs in the page. It uses no style element and no HTML text, so that the strictest policy allows it. */
function putStandIn(click: string): void {
  const host = document.createElement('div');
  host.dataset.liveAssistStandIn = '';
  host.style.cssText =
    'all: initial; position: fixed; right: 16px; bottom: 16px; z-index: 2147483647; pointer-events: none; font: 16px/1.4 sans-serif; color: #1b1b1f';
  const add = (parent: Node, tag: string, text: string, css: string) => {
    const element = document.createElement(tag);
    element.textContent = text;
    element.style.cssText = css;
    return parent.appendChild(element);
  };
  const root = host.attachShadow({ mode: 'open' });
  const panel = add(
    root,
    'section',
    '',
    'display: none; width: min(320px, 80vw); padding: 16px; margin-bottom: 12px; pointer-events: auto; background: #fff; border: 1px solid #6b6b76; border-radius: 8px',
  );
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', 'Live Assist (stand-in)');
  const close = add(panel, 'button', 'Close', 'float: right; font: inherit');
  add(panel, 'strong', 'Live Assist (stand-in)', '');
  const status = add(panel, 'p', '', 'margin: 8px 0 0');
  status.setAttribute('role', 'status');
  const reason = add(panel, 'p', '', 'margin: 8px 0 0; font-size: 14px; overflow-wrap: anywhere');
  reason.dataset.reason = '';
  const button = add(
    root,
    'button',
    'Chat with us',
    'float: right; padding: 10px 18px; pointer-events: auto; font: inherit; color: #fff; background: #1f4fbf; border: 0; border-radius: 20px; cursor: pointer',
  );
  close.addEventListener('click', () => {
    panel.style.display = 'none';
  });
  button.addEventListener('click', async () => {
    const start: unknown = Reflect.get(globalThis, click);
    if (typeof start !== 'function') return;
    panel.style.display = 'block';
    status.textContent = 'Connecting …';
    reason.textContent = '';
    const shown: { status: string; reason: string } = await start();
    status.textContent = shown.status;
    reason.textContent = shown.reason;
  });
  document.querySelector('[data-live-assist-stand-in]')?.remove();
  document.documentElement.append(host);
}

function describe({ outcome, claims, message = '' }: Chat): { status: string; reason: string } {
  if (outcome !== 'authenticated')
    return { status: 'No agent is available. Leave a message.', reason: message };
  const name = [claims?.given_name, claims?.family_name].filter((part) => typeof part === 'string').join(' ');
  return { status: `You are chatting as ${name || claims?.sub}.`, reason: '' };
}

const click = '__liveAssistStandInClick';

/** How long chat() waits for the first click, in real milliseconds. It is shorter than a test's timeout. */
const patience = 5_000;

/** Returns the function that puts the window on `page`. A click in the window calls `start`. */
export function createStandIn(page: Page, start: () => Promise<Chat>): () => Promise<StandIn> {
  let clicked: (chat: Promise<Chat>) => void;
  let last: Promise<Chat>;
  let isBound = false;
  let hasClicked: boolean;

  const chat = async (host: Locator): Promise<Chat> => {
    if (hasClicked) return last;
    const over = new AbortController();
    const waiting = async () => {
      for (const end = performance.now() + patience; performance.now() < end; ) {
        if ((await host.count()) === 0)
          throw new Error(
            'The stand-in is not on the page: a reload removes it. Call show() again, then click.',
          );
        await delay(100, undefined, { signal: over.signal });
      }
      throw new Error(
        'chat() waits for a click on `button`, and there was none for 5 seconds. Click it first.',
      );
    };
    return Promise.race([last, waiting()]).finally(() => over.abort());
  };

  return async () => {
    if (!isBound) {
      isBound = true;
      await page.exposeBinding(click, async () => {
        const chat = start();
        hasClicked = true;
        clicked(chat);
        last = chat;
        return describe(await chat);
      });
    }
    // An earlier window is gone, and its chat does not belong to this one.
    hasClicked = false;
    last = new Promise((resolve) => {
      clicked = resolve;
    });
    // chat() reports a failure. A test may never call chat(), so this avoids an unhandled rejection.
    last.catch(() => {});
    await page.evaluate(putStandIn, click);
    const host = page.locator('[data-live-assist-stand-in]');
    const panel = host.getByRole('dialog');
    return {
      button: host.getByRole('button', { name: 'Chat with us' }),
      window: panel,
      close: panel.getByRole('button', { name: 'Close' }),
      status: panel.getByRole('status'),
      reason: panel.locator('[data-reason]'),
      chat: () => chat(host),
    };
  };
}
