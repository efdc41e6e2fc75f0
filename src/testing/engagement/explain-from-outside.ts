/**
 * Adds what only the test sees to the explanation of a missing method: the bridge's console lines, frames of other
 * origins, and the page's script files.
 *
 * @module
 */
import type { Frame } from '@playwright/test';
import { declaresMethod, notOnWindow } from '../page/script-hints.js';
import { withoutTokens } from '../page/shown.js';
import { inTime } from '../record/exchange.js';
import { networkOf } from '../record/page-network.js';
import type { ClickAnswer } from './click.js';

interface Outside {
  frame: Frame;
  methodName: string;
  /** The lines that the bridge has written to the console. */
  lines: string[];
  /** Whether the test's time is nearly over, so that nothing may be asked of the browser. */
  isLate: boolean;
}

/** The first sentence names the cause: what the page itself knows, or else what is known here. */
export async function explainFromOutside(answer: ClickAnswer, outside: Outside): Promise<ClickAnswer> {
  if (answer.outcome !== 'method-missing') return answer;
  const { frame, methodName, lines, isLate } = outside;
  const scripts = networkOf(frame.page()).scripts();
  const failed = scripts.find((script) => script.status() >= 400);
  const failure = failed && `${placeOf(failed.url())} was answered with ${failed.status()}.`;

  const quoted = lines.slice(0, 3).map((line) => `"${withoutTokens(line)}"`);
  const said = `The bridge wrote to the console: ${quoted.join(', ')}.`;
  const also = [
    ...(lines.length > 0 ? [said] : []),
    ...(failure && answer.cause === 'script-not-loaded' ? [failure] : []),
  ];
  if (answer.cause) return { ...answer, message: [answer.message, ...also].join(' ') };

  const because = (cause: ClickAnswer['cause'], sentence: string): ClickAnswer => ({
    ...answer,
    ...(cause && { cause }),
    message: `${sentence} ${answer.message}`,
  });
  if (lines.length > 0) return because('bridge-message', said);
  const owner = isLate ? undefined : await frameWith(frame, methodName);
  if (owner)
    return because(
      'child-frame',
      `The method is in a child frame (${placeOf(owner.url())}). Live Assist looks in the window where it runs itself: put the bridge there. In a test: engagementOn(frame).`,
    );
  // A script inside a closed shadow root fails unseen by the page.
  if (failure) return because('script-not-loaded', `A script of the page did not load: ${failure}`);
  if (isLate) return answer;
  const texts = await Promise.all(scripts.map((script) => inTime(script.text(), '')));
  return texts.some((text) => declaresMethod(text, methodName))
    ? because('not-on-window', notOnWindow(methodName))
    : answer;
}

/** The address without query and password, which are secrets or may contain some. */
export const placeOf = (url: string) => url.replace(/[?#].*/, '').replace(/\/\/[^/]*@/, '//');

/** Returns a frame inside `frame` that has the method. The page itself cannot look into frames of other origins. */
async function frameWith(frame: Frame, methodName: string): Promise<Frame | undefined> {
  for (const child of frame.childFrames()) {
    const hasMethod = child.evaluate(
      (name) =>
        typeof name
          .split('.')
          .reduce<unknown>(
            (parent, key) => (parent == null ? parent : Reflect.get(Object(parent), key)),
            globalThis,
          ) === 'function',
      methodName,
    );
    if (await inTime(hasMethod, false)) return child;
    const inner = await frameWith(child, methodName);
    if (inner) return inner;
  }
  return undefined;
}
