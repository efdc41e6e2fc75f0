/**
 * Notices when the page calls `lpTag.newPage` itself.
 *
 * @module
 */
import { ours, set } from '../page/method.js';
import { NativePromise } from '../page/native.js';

/**
 * The messaging tag's function for a page that changes without loading. The mark is `true` if the page called it in
 * this turn and no identity has been handed over since.
 */
export type NewPage = ((url: string, options: { section: unknown }) => void) & { [ours]?: boolean };

/** Marks `lpTag.newPage` when it is called, once for all bridges on the page. A proxy keeps its other properties. */
export function watchNewPage(lpTag: { newPage?: NewPage }): void {
  const { newPage } = lpTag;
  if (typeof newPage !== 'function' || ours in newPage) return;
  const mark = (isCalled: boolean) => set(newPage, ours, isCalled);
  mark(false);
  try {
    const marking = new Proxy(newPage, {
      apply(target, self, words) {
        mark(true);
        NativePromise.resolve().then(() => mark(false));
        return target.apply(self, words as Parameters<NewPage>);
      },
    });
    set(lpTag, 'newPage', marking);
  } catch {
    // The page has replaced Proxy. Its calls of newPage then go unnoticed.
  }
}
