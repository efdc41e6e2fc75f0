/**
 * Waits briefly for second answers when a test ends, without delaying every test.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Chat } from './chat.js';

/** How long to wait for a second answer after the first, in real milliseconds. */
const grace = 500;

/**
 * Answers that no second answer has followed in this worker. A method that calls back twice does so every time it takes
 * the same path, so waiting once for each path is enough.
 */
const watched = new Set<string>();

/** Watches the chats of `page` for second answers. */
export function createSecondAnswers(page: Page, methodName = '') {
  const answered = new Map<Chat, { path: string; time: number }>();
  let stopWaiting = () => {};

  return {
    /** Call this when a chat has been answered. */
    expect(chat: Chat): void {
      const { outcome, code } = chat;
      if (outcome !== 'authenticated' && outcome !== 'refused') return;
      const url = page.url();
      const { origin, pathname } = URL.canParse(url) ? new URL(url) : { origin: '', pathname: url };
      const path = [methodName, origin, pathname, outcome, code].join(' ');
      answered.set(chat, { path, time: performance.now() });
    },
    /** Call this when a second answer has arrived. */
    notice(): void {
      stopWaiting();
    },
    /** Resolves when enough time has passed, possibly at once. */
    async wait(): Promise<void> {
      for (const [{ lateAnswers }, { path, time }] of answered) {
        if (page.isClosed() || lateAnswers.length > 0) return;
        const rest = time + grace - performance.now();
        if (rest > 0 && !watched.has(path))
          await Promise.race([delay(rest), new Promise<void>((resolve) => (stopWaiting = resolve))]);
        if (lateAnswers.length === 0) watched.add(path);
      }
    },
  };
}
