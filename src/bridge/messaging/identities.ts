/**
 * Puts the identity function into `lpTag.identities`, where the messaging tag finds it, and keeps it there.
 *
 * @module
 */
import { own } from '../../contract/own.js';
import { keep } from '../page/keep.js';
import { ours, parentOf, set } from '../page/method.js';
import { root } from '../page/native.js';
import { raise } from '../page/raise.js';
import { warn } from '../page/warn.js';
import { type NewPage, watchNewPage } from './new-page.js';

/** Answers one call by the messaging tag. */
export type AnswerIdentity = (callback: (identity: object | null) => void) => void;

/**
 * The identity function that all bridges on the page share, across all copies of this file. The latest bridge answers.
 */
type Shared = ((callback: unknown) => void) & { [ours]: AnswerIdentity[] };

interface LpTag {
  identities?: unknown;
  newPage?: NewPage;
  section?: unknown;
}

const name = 'lpTag.identities';
const lpTagNow = () => Object(own(root, 'lpTag')) as LpTag;

/**
 * Registers `answer` to answer the messaging tag. If that is not possible, one warning says why.
 *
 * The array is created if it is missing. A tag that replaces `lpTag` drops the function; it is added again when a script or
 * the page has loaded.
 */
export function putIdentities(answer: AnswerIdentity) {
  let shared: Shared | undefined;

  const stop = keep('', () => {
    const lpTag = parentOf(name) as LpTag;
    if (lpTag.identities == null) set(lpTag, 'identities', []);
    try {
      const list = lpTag.identities as Shared[];
      const there = list.filter((other) => other?.[ours])[0];
      if (!shared) {
        shared = there ?? share();
        shared[ours].push(answer);
      }
      if (!there) list.push(shared);
    } catch {
      throw new TypeError(`${name} cannot be set. It is not an array, or frozen.`);
    }
    watchNewPage(lpTag);
  });

  return {
    /** Tells the tag that the visitor has signed out, unless the page did so in the same turn. */
    renew(): void {
      try {
        const lpTag = lpTagNow();
        watchNewPage(lpTag);
        if (typeof lpTag.newPage === 'function' && !lpTag.newPage[ours])
          lpTag.newPage(document.URL, { section: lpTag.section });
      } catch (thrown) {
        raise(thrown);
      }
    },
    takeOff(): void {
      stop();
      if (!shared) return;
      remove(shared[ours], answer);
      if (shared[ours].length) return;
      try {
        remove(lpTagNow().identities as unknown[], shared);
      } catch {
        // Another script has frozen or replaced the array.
      }
    },
  };
}

function remove(list: unknown[], item: unknown): void {
  const index = list.indexOf(item);
  if (index >= 0) list.splice(index, 1);
}

/**
 * Creates the shared function. A tag may still hold it after the last bridge is disposed of. It then answers `null`.
 */
function share(): Shared {
  const answers: AnswerIdentity[] = [];
  const identity = (callback: unknown) => {
    if (typeof callback !== 'function') return warn(`${name} was called without a callback.`);
    const answer = answers.at(-1) ?? ((tell) => tell(null));
    answer((given) => {
      if (given) set(Object(lpTagNow().newPage), ours, false);
      callback(given);
    });
  };
  return Object.assign(identity, { [ours]: answers });
}
