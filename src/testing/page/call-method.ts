/**
 * Calls the method with one callback and waits for the answer.
 *
 * @module
 */
import type { EngagementAnswer } from '../engagement.js';
import { isBridgeHere } from './bridge-tags.js';
import type { FoundMethod } from './find-method.js';
import { isObject } from './is-object.js';
import { judgeValue } from './judge-value.js';
import { natives } from './natives.js';
import { pageNow, pageTimer } from './now.js';
import { shown } from './shown.js';
import { seenFailures } from './watch-scripts.js';

export interface CallOptions {
  limit: number;
  onLateAnswer: ((answer: EngagementAnswer) => void) | undefined;
}

const replacedBridge =
  'Another script has replaced the method of the bridge, and its own was called. Search the scripts of the page for the name.';

/** Whether a method carries the mark of the bridge. */
const isOfBridge = (method: unknown) => isObject(method) && Symbol.for('live-assist-bridge') in method;

/** Resolves to the answer, without `waited`, when the method has called back, or at the limit on the page's clock. */
export function callMethod(
  { method, parent }: FoundMethod,
  { limit, onLateAnswer }: CallOptions,
): Promise<EngagementAnswer> {
  const { NativePromise, MessageChannel, queueMicrotask, apply, addEventListener, removeEventListener } =
    natives();
  const clicked = pageNow();
  const forbiddenBefore = seenFailures().forbidden.length;
  return new NativePromise((resolve) => {
    let failure: { code: string; message: string } | undefined;
    let atReturn = '';
    let first: EngagementAnswer | undefined;
    let second: EngagementAnswer | undefined;
    let answers = 0;
    let ended = false;
    let returned: unknown;

    const listen = (event: Event) => {
      const detail: unknown = 'detail' in event ? event.detail : undefined;
      if (!isObject(detail) || typeof detail.code !== 'string' || !/^[a-z-]{1,40}$/.test(detail.code)) return;
      failure = { code: detail.code, message: typeof detail.message === 'string' ? detail.message : '' };
    };
    const listenToRejections = (event: PromiseRejectionEvent) => {
      if (event.promise === returned) atReturn = ` It threw "${shown(event.reason)}", asynchronously.`;
    };
    addEventListener?.('live-assist-bridge:error', listen);
    addEventListener?.('unhandledrejection', listenToRejections);

    const end = (answer: EngagementAnswer) => {
      ended = true;
      stopTimer();
      removeEventListener?.('live-assist-bridge:error', listen);
      removeEventListener?.('unhandledrejection', listenToRejections);
      resolve(answer);
    };

    const isReplaced = () => isBridgeHere() && !isOfBridge(method);

    const settle = () => {
      if (!first) return;
      if (answers > 1) {
        const message = `The method called back ${answers} times. Call back exactly once, outside any try block whose catch calls back too.`;
        return end({ ...first, outcome: 'answered-twice', message, ...(second && { second }) });
      }
      // A different reason comes from another method, so the event belongs to another request of the page.
      if (first.reason !== 'Unable to generate key' || !failure) {
        const isOther = first.outcome === 'refused' && isReplaced();
        return end(isOther ? { ...first, message: `${replacedBridge} ${first.message}` } : first);
      }
      const forbidden = failure.code === 'network' && seenFailures().forbidden.slice(forbiddenBefore).at(-1);
      const why = forbidden
        ? ` The page's Content-Security-Policy forbids requests to ${forbidden}. Allow them in connect-src.`
        : '';
      const message = `The bridge says ${failure.code}: ${shown(failure.message)}${why}`;
      end({ ...first, code: failure.code, message });
    };

    const callback = (value?: unknown, error?: unknown) => {
      const answer = { ...judgeValue(value, error), milliseconds: pageNow() - clicked };
      answers += 1;
      // Not called from within the method, because an error of the listener must not reach it.
      if (ended) return queueMicrotask(() => onLateAnswer?.(answer));
      if (first) {
        second ??= answer;
        return;
      }
      first = answer;
      stopTimer();
      // Waits one task for a second answer in immediate succession, such as a catch that calls back again. A fake clock
      // does not delay a MessageChannel.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        settle();
      };
      channel.port2.postMessage(undefined);
    };

    const stopTimer = pageTimer(() => {
      const other = isReplaced() ? `${replacedBridge} ` : '';
      const message = `${other}The method did not call back within ${limit} ms.${atReturn || ' Every path through the method must call back.'}`;
      end({ outcome: 'no-answer', message, milliseconds: pageNow() - clicked });
    }, limit);

    try {
      returned = method && apply(method, parent, [callback]);
      if (returned !== undefined)
        atReturn = ' It returned a value instead: Live Assist reads the callback only.';
    } catch (error) {
      atReturn = ` It threw "${shown(error)}".`;
    }
  });
}
