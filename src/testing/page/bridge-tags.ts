/**
 * Finds the bridge's script tags on the page, and says what is wrong with them.
 *
 * @module
 */
import { baseHint } from './base-hint.js';
import { distance } from './nearest-function.js';
import { seenFailures } from './watch-scripts.js';

export interface BridgeTag {
  src: string;
  /** Whether the tag has `data-token-endpoint`. */
  hasEndpoint: boolean;
  /** An attribute that looks like a misspelt `data-token-endpoint`. */
  misspelt?: string;
  methodName?: string;
  /** Why the tag's file did not run, as one sentence. */
  failure?: string;
  /** What a `<base>` element does to the tag's address, as one or two sentences. */
  rebased?: string;
}

/** Returns the script tags with the attribute, with a similar attribute, or with the file's usual name. */
export function bridgeTags(): BridgeTag[] {
  if (typeof document === 'undefined') return [];
  return [...document.querySelectorAll('script')].flatMap((script): BridgeTag[] => {
    const hasEndpoint = script.dataset.tokenEndpoint !== undefined;
    const misspelt = script.getAttributeNames().find((name) => isLikeEndpoint(name));
    if (!hasEndpoint && !misspelt && !/live-?assist-?bridge/i.test(script.src)) return [];
    const rebased = baseHint(script.getAttribute('src'));
    const failure = failureOf(script, rebased);
    const { methodName } = script.dataset;
    return [
      {
        src: script.src,
        hasEndpoint,
        ...(misspelt && { misspelt }),
        ...(methodName && { methodName }),
        ...(failure && { failure }),
        ...(rebased && { rebased }),
      },
    ];
  });
}

/** Whether the file of the script tag has run. */
export function isBridgeHere(): boolean {
  const { liveAssistBridge } = globalThis as { liveAssistBridge?: { bridge?: unknown } };
  return liveAssistBridge?.bridge !== undefined;
}

/** The text of the page's inline scripts. */
export const inlineScripts = (): string =>
  typeof document === 'undefined'
    ? ''
    : Array.from(document.scripts, ({ src, textContent }) => (src ? '' : textContent)).join('\n');

/** What is wrong with a tag that stands where no script runs, if there is one. */
export function passiveTag(): string | undefined {
  if (typeof document === 'undefined') return undefined;
  const comments: string[] = [];
  const iterator = document.createNodeIterator(document, NodeFilter.SHOW_COMMENT);
  for (let node = iterator.nextNode(); node; node = iterator.nextNode()) comments.push(node.nodeValue ?? '');
  const places: [string, string[]][] = [
    ['a template', Array.from(document.querySelectorAll('template'), ({ innerHTML }) => innerHTML)],
    [
      'a noscript element',
      Array.from(document.querySelectorAll('noscript'), ({ textContent }) => textContent ?? ''),
    ],
    ['a comment', comments],
  ];
  const place = places.find(([, texts]) =>
    texts.some((text) => /<script[^>]*\sdata-token-endpoint/i.test(text)),
  );
  return place && `The tag is inside ${place[0]}, where no script runs. Move it out of there.`;
}

function isLikeEndpoint(attribute: string): boolean {
  const plain = attribute.replace(/[\W_]/g, '');
  return (
    attribute !== 'data-token-endpoint' &&
    (/^(data)?tokene?n?d?p?o?i?n?t?s?(url|uri)?$/.test(plain) ||
      /token.*end?-?po?int/.test(attribute) ||
      (attribute.startsWith('data-') && distance(plain, 'datatokenendpoint') <= 3))
  );
}

// The words of Chromium, Firefox and Safari.
const isHtmlError = /^SyntaxError.*('<'|'&lt;'|expected expression)/;
const isModuleError = /^SyntaxError.*\b(import|export)\b/;

/** `rebased` replaces remedies that assume that the tag's address is as written. */
function failureOf(script: HTMLScriptElement, rebased: string | undefined): string | undefined {
  const { src, integrity, type } = script;
  const { scripts, thrown } = seenFailures();
  const failed = scripts.filter(({ url }) => url === src || (url && src.startsWith(`${url}/`)));
  const file = `The tag's file ${shortened(src)}`;
  if (failed.some(({ why }) => why === 'csp'))
    return `${file} was blocked by the page's Content-Security-Policy. ${rebased ?? 'Allow it in script-src.'}`;
  const status = statusOf(src);
  if (status !== undefined && status >= 400)
    return `${file} did not load: it was answered with ${status}. ${rebased ?? "Correct the tag's src, or put the file there."}`;
  if (failed.length > 0) {
    if (integrity && status !== undefined && status > 0)
      return `${file} was refused by the browser, because the file does not match the tag's integrity attribute. ${rebased ?? 'Print the tag again: npx live-assist-bridge tag.'}`;
    if (rebased) return `${file} did not load. ${rebased}`;
    return integrity
      ? `${file} did not load. Is it there, and does it match the tag's integrity attribute? A file on another host needs crossorigin.`
      : `${file} did not load. Is it there, and can it be reached from this page?`;
  }
  const threw = thrown.find(({ url }) => src !== '' && url === src);
  if (threw && isHtmlError.test(threw.message))
    return `${file} is an HTML page, not a script. ${rebased ?? 'Is the file there? Many sites answer a missing file with their start page.'}`;
  if (threw && isModuleError.test(threw.message) && type !== 'module')
    return `${file} is a module, but the tag loads it as a plain script. Load the file live-assist-bridge.umd.js, or see npx live-assist-bridge tag.`;
  if (threw) return `${file} threw "${threw.message.slice(0, 200)}".`;
  if (type && !/^(module|text\/javascript|application\/javascript)$/i.test(type))
    return `The tag has type="${type}", so the browser does not run it. Does a consent tool hold it back? Give consent in the test, or remove the type.`;
  return undefined;
}

/** Returns the HTTP status of a file, if the browser reveals it to pages. */
function statusOf(url: string): number | undefined {
  const entry = globalThis.performance?.getEntriesByName?.(url).at(-1);
  const status: unknown = entry && Reflect.get(entry, 'responseStatus');
  return typeof status === 'number' && status > 0 ? status : undefined;
}

/** Returns the path for files of this site, without the query, which may contain secrets. */
function shortened(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return origin === location.origin ? pathname : origin + pathname;
  } catch {
    return url;
  }
}
