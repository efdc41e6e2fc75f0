/**
 * Finds the parts of a page's HTML that matter for a chat: the bridge's tag, Live Assist's script, preloads and
 * policies.
 *
 * @module
 */
import { defaultMethodName } from '../../contract/method-name.js';
import { isVendorHost } from '../../contract/vendor-hosts.js';
import { accountNumberOf } from '../account/account-number.js';
import { type Policy, readPolicies } from './content-security-policy.js';
import { type HtmlElement, readHtmlElements } from './html-elements.js';
import { misspeltEndpoint } from './tag-attributes.js';

export interface PageParts {
  url: URL;
  /** The address against which relative addresses are resolved. */
  base: URL;
  /** Script tags that a browser runs, in their order. */
  scripts: HtmlElement[];
  /** The bridge's tags: script tags with `data-token-endpoint`. */
  tags: HtmlElement[];
  /** The bridge's tags in places where nothing runs: a comment, `template` or `noscript`. */
  inertTags: HtmlElement[];
  /**
   * Script tags without the attribute that name the bridge's file, or misspell the attribute. Other vendors' tags have
   * attributes such as `data-token` and `data-endpoint`.
   */
  bareTags: HtmlElement[];
  /** The first script of Live Assist that the HTML names. */
  engagement: HtmlElement | undefined;
  /** The number of the account at Live Assist, if the page names it. */
  account: string | undefined;
  /** Origin of the stand-in for Live Assist, if the page loads that in place of the vendor's script. */
  standIn: string | undefined;
  hasTagManager: boolean;
  /** Addresses that the page preloads or prefetches, each with the way in which it does. */
  preloads: { url: URL; by: string }[];
  policies: Policy[];
}

/** Reads the page that was found at `url`. */
export function readPage(html: string, url: URL, headers: Headers): PageParts {
  const elements = readHtmlElements(html);
  const active = elements.filter(({ inertIn }) => inertIn === undefined);
  const base = resolve(
    active.find(({ name, attributes }) => name === 'base' && attributes.has('href')),
    'href',
    url,
  );
  const scripts = active.filter(({ name }) => name === 'script');
  const isTag = ({ name, attributes }: HtmlElement) =>
    name === 'script' && attributes.has('data-token-endpoint');
  const engagement = scripts.find(isEngagement);
  return {
    url,
    base: base ?? url,
    scripts,
    tags: scripts.filter(isTag),
    inertTags: elements.filter((element) => isTag(element) && element.inertIn !== undefined),
    bareTags: scripts.filter(
      (element) =>
        !isTag(element) && (namesOurFile(element) || /tok.*p/.test(misspeltEndpoint(element) ?? '')),
    ),
    engagement,
    account: accountNumberOf(html),
    standIn: standInOf(resolve(engagement, 'src', base ?? url)),
    hasTagManager: scripts.some(({ attributes, text }) => tagManagers.test(attributes.get('src') ?? text)),
    preloads: [...preloads(active, base ?? url, headers)],
    policies: [
      ...readPolicies(headers.get('content-security-policy') ?? ''),
      ...active
        .filter(({ name, attributes }) => name === 'meta' && isPolicy(attributes))
        .flatMap(({ attributes }) => readPolicies(attributes.get('content') ?? '')),
    ],
  };
}

/** Returns the absolute address in an attribute, or `undefined` if there is none or it cannot be resolved. */
export function resolve(element: HtmlElement | undefined, attribute: string, base: URL): URL | undefined {
  const text = element?.attributes.get(attribute)?.trim();
  return text && URL.canParse(text, base) ? new URL(text, base) : undefined;
}

export const methodNameOfTag = ({ attributes }: HtmlElement) =>
  attributes.get('data-method-name') ?? defaultMethodName;

const tagManagers =
  /googletagmanager\.com\/gtm|\bgtm\.js\b|\/container_[\w-]+\.js|adobedtm|tealium|\bMatomo\b|_mtm\b/i;

const namesOurFile = ({ attributes }: HtmlElement) =>
  /live-?assist-?bridge[\w.-]*\.js/i.test(attributes.get('src') ?? '');

const isPolicy = (attributes: ReadonlyMap<string, string>) =>
  /^content-security-policy$/i.test(attributes.get('http-equiv')?.trim() ?? '');

/** Whether this is the vendor's tag, the snippet that loads it, or this package's stand-in. */
function isEngagement({ attributes, text }: Pick<HtmlElement, 'attributes' | 'text'>): boolean {
  const src = attributes.get('src');
  if (src === undefined) return loadsEngagement(text);
  if (/\/engagement\.js($|\?)|live-assist-engagement/.test(src)) return true;
  return (
    URL.canParse(src, 'https://page.invalid') && isVendorHost(new URL(src, 'https://page.invalid').hostname)
  );
}

/** Whether a script's text loads the vendor's tag. Code that only fills `lpTag` with data does not. */
function loadsEngagement(text: string): boolean {
  return (
    /\blptag\.liveperson\.net\b|\bliveassistfor365\.com\b|\blpcdn\.lpsnmedia\.net\b/i.test(text) ||
    (/\blpTag\b/.test(text) && /\b_tagCount\b|\bsite\s*[:=]\s*['"]\d/.test(text))
  );
}

const standInOf = (script: URL | undefined) =>
  script && !isVendorHost(script.hostname) ? script.origin : undefined;

function* preloads(
  elements: HtmlElement[],
  base: URL,
  headers: Headers,
): Generator<PageParts['preloads'][number]> {
  for (const element of elements) {
    const rel = element.attributes.get('rel')?.toLowerCase().split(/\s+/) ?? [];
    const kind = rel.find((word) => /^(preload|prefetch)$/.test(word));
    const url = element.name === 'link' && kind ? resolve(element, 'href', base) : undefined;
    if (url) yield { url, by: `<link rel="${kind}">` };
  }
  for (const [, address = '', parameters = ''] of (headers.get('link') ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    const kind = /\brel\s*=\s*"?[^";,]*\b(preload|prefetch)\b/i.exec(parameters)?.[1];
    if (kind && URL.canParse(address, base)) yield { url: new URL(address, base), by: 'a Link header' };
  }
}
