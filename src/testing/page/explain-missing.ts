/**
 * Says why the method is not on the page.
 *
 * @module
 */
import type { MissingCause } from '../engagement.js';
import { startHint, withoutQuery } from './base-hint.js';
import { bridgeTags, inlineScripts, isBridgeHere, passiveTag } from './bridge-tags.js';
import type { FoundMethod } from './find-method.js';
import { nearestFunction } from './nearest-function.js';
import { declaresMethod, notOnWindow } from './script-hints.js';
import { withoutTokens } from './shown.js';
import { seenFailures } from './watch-scripts.js';

export interface Explanation {
  cause?: MissingCause;
  message: string;
  nearest?: string;
}

/** Returns the explanation, with the likeliest visible cause first. */
export function explainMissing(
  methodName: string,
  found: FoundMethod,
  { wait, waited }: { wait: number; waited: number },
): Explanation {
  const nearest = nearestFunction(methodName, found.parent, found.parentPath);
  const causes = [...causesOf(methodName, found, nearest)];
  const [first] = causes;
  const after = waited > 0 ? `, even after ${(waited / 1000).toFixed(1)} s` : '';
  const fact = `There is no method "${methodName}" at the click${after}: ${found.fact}.`;
  const message = [
    ...(first ? [first[1], fact] : [fact, remedyFor(waited >= wait)]),
    ...causes.slice(1, 3).map(([, sentence]) => `Also: ${sentence}`),
  ].join(' ');
  return { message: withoutTokens(message), ...(first && { cause: first[0] }), ...(nearest && { nearest }) };
}

/** What to do where no cause can be seen. `isOver` if the whole wait has passed: then the method may come later. */
function remedyFor(isOver: boolean): string {
  const hasTag = bridgeTags().length > 0;
  return [
    ...(hasTag ? [] : ['This page has no script tag with data-token-endpoint.']),
    'Is the bridge on this page, and early enough? A const, or a function in a module, is not on window.',
    ...(isOver ? ['If the method comes later, raise `wait` to see when.'] : []),
  ].join(' ');
}

function* causesOf(
  methodName: string,
  { isTaken, fact }: FoundMethod,
  nearest: string | undefined,
): Generator<[MissingCause, string]> {
  const href = globalThis.location?.href;
  if (href === 'about:blank') return yield ['not-open', 'The page is about:blank: open the site first.'];
  if (href?.startsWith('chrome-error:'))
    return yield ['not-open', 'The page itself did not load. Is the site running?'];

  const tags = bridgeTags();
  const failed = tags.find(({ failure }) => failure);
  if (failed?.failure) yield ['tag-not-loaded', failed.failure];
  const bare = tags.find(({ hasEndpoint, failure }) => !hasEndpoint && !failure);
  if (bare)
    yield [
      'attribute-missing',
      bare.misspelt
        ? `The tag has "${bare.misspelt}" instead of data-token-endpoint. Correct its spelling.`
        : 'The tag lacks its attribute data-token-endpoint, so it installs no method. Add it. Some tag managers remove data- attributes.',
    ];
  const well = tags.find(({ hasEndpoint, failure }) => hasEndpoint && !failure);
  const name = well?.methodName;
  if (well && name && name !== methodName)
    yield [
      'other-name',
      `The tag names its method "${name}" (data-method-name). The name in Live Assist must be the same.`,
    ];
  else if (isTaken)
    yield [
      'replaced',
      `Another script has taken the name: ${fact}. Remove that script, or rename the method.`,
    ];
  else if (well && isBridgeHere())
    yield [
      'replaced',
      'The bridge has put the method there, and another script has removed or replaced it. Search the scripts of the page for its name.',
    ];
  else if (well)
    yield [
      'tag-not-loaded',
      `The tag is in the document, but its file has not run. ${well.rebased ?? 'Is it still loading? A script that innerHTML has put there never runs: create it with document.createElement("script").'}`,
    ];
  const passive = tags.length === 0 && passiveTag();
  if (passive) yield ['tag-not-loaded', passive];
  if (nearest)
    yield [
      'misspelt',
      `The nearest name is "${nearest}": enter that as JS Method Name, or rename the function.`,
    ];
  const frame = frameWith(methodName);
  if (frame !== undefined)
    yield [
      'child-frame',
      `The method is in a child frame (${frame}). Live Assist looks in the window where it runs itself: put the bridge there. In a test: engagementOn(frame).`,
    ];
  yield* failedScripts(tags.map(({ src }) => src));
  if (declaresMethod(inlineScripts(), methodName)) yield ['not-on-window', notOnWindow(methodName)];
}

function* failedScripts(tags: string[]): Generator<[MissingCause, string]> {
  const { scripts, thrown } = seenFailures();
  const others = scripts.filter(({ url }) => !tags.includes(url));
  const threw = thrown.find(({ url }) => !tags.includes(url));
  const where = threw?.url ? ` (${withoutQuery(threw.url)})` : '';
  if (threw)
    yield [
      'script-threw',
      `A script of the page threw "${threw.message.slice(0, 200)}"${where}. Correct it.`,
    ];
  const csp = others.find(({ why }) => why === 'csp');
  if (csp)
    yield [
      'script-not-loaded',
      `The page's Content-Security-Policy blocked a script (${withoutQuery(csp.url)}). Allow it in script-src.`,
    ];
  const [other] = others.filter(({ why }) => why === 'error');
  if (!other || csp) return;
  const element = Array.from(document.scripts).find(({ src }) => src === other.url);
  const hint = startHint(other.url === '' ? './' : element?.getAttribute('src'));
  const what =
    element?.type === 'module' ? 'A module of the page, or a file that it imports,' : 'A script of the page';
  const fact =
    other.url === ''
      ? 'An inline module script did not run, because a file that it imports did not load.'
      : `${what} did not load: ${withoutQuery(other.url)}.`;
  yield ['script-not-loaded', hint ? `${fact} ${hint}` : fact];
}

/** Returns the address of a same-origin frame that has the method, or `undefined`. */
function frameWith(methodName: string): string | undefined {
  if (typeof document === 'undefined') return undefined;
  for (const frame of Array.from(document.querySelectorAll('iframe, frame'))) {
    try {
      const inner: unknown = Reflect.get(frame, 'contentWindow');
      const value = methodName
        .split('.')
        .reduce<unknown>(
          (parent, key) => (parent == null ? parent : Reflect.get(Object(parent), key)),
          inner,
        );
      if (typeof value === 'function') return withoutQuery((inner as Window).location.href);
    } catch {
      // This page may not read a frame of another origin.
    }
  }
  return undefined;
}
