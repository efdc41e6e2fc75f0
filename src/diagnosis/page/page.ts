/**
 * Examines a page with the chat, as far as possible from its HTML and files without running scripts.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { forbidsRequest, forbidsScript } from './content-security-policy.js';
import type { HtmlElement } from './html-elements.js';
import { inspectPageCaching } from './page-caching.js';
import { methodNameOfTag, type PageParts, resolve } from './page-parts.js';
import { definesMethod, inspectTags } from './tag.js';
import { inspectTagFile, type LoadedFile } from './tag-file.js';

export interface PageOptions {
  headers: Headers;
  /** Whether the headers of a visitor were sent. */
  asVisitor: boolean;
  /** Version of this package. */
  version: string;
  /** Number of the account that is compared with the page. */
  account?: string | undefined;
  /** Whether a text can be compiled as a classic script. */
  isScript(text: string): boolean;
  /** Loads a file of the page, or returns why it was not loaded: a limit of this examination, or a failure. */
  load(url: URL): Promise<LoadedFile | { reason: string; isLimit: boolean }>;
}

/** Yields everything found about the page, in the order of the examination. */
export async function* inspectPage(page: PageParts, options: PageOptions): AsyncGenerator<Finding> {
  yield* inspectTags(page);
  for (const tag of page.tags) yield* inspectFile(tag, page, options);
  yield* inspectEndpoints(page);
  if (page.tags.length === 0 && page.bareTags.length === 0 && page.inertTags.length === 0)
    yield* missingTag(page, options);
  const method = page.tags[0] && methodNameOfTag(page.tags[0]);
  if (method && page.scripts.some((script) => definesMethod(script, method)))
    yield finding('method-defined-elsewhere', quote(method));
  const visitors = page.tags.map(({ attributes }) => attributes.get('data-visitor'));
  if (visitors.some((visitor) => visitor !== undefined)) {
    yield* inspectPageCaching(options.headers, Date.now() / 1000);
    if (options.asVisitor && visitors.includes('')) yield finding('page-visitor-empty');
  }
  if (page.account && options.account && page.account !== options.account)
    yield finding('page-other-account', page.account, options.account);
  else if (page.account) yield finding('page-account', page.account, page.standIn);
  yield finding('page-static');
}

async function* inspectFile(
  tag: HtmlElement,
  page: PageParts,
  options: PageOptions,
): AsyncGenerator<Finding> {
  const { url, base, policies } = page;
  const file = resolve(tag, 'src', base);
  if (!file) return;
  const script = {
    url: file,
    nonce: tag.attributes.get('nonce'),
    integrity: tag.attributes.get('integrity'),
  };
  const directive = policies.map((policy) => forbidsScript(policy, script, url)).find((found) => found);
  if (directive) yield finding('csp-script', quote(directive, 120).slice(1, -1));
  if (!/^https?:$/.test(file.protocol)) return;
  const loaded = await options.load(file);
  if (!('reason' in loaded)) yield* inspectTagFile(loaded, { tag, page: url, ...options });
  else yield finding(loaded.isLimit ? 'tag-file-not-loaded' : 'tag-file-unreachable', loaded.reason);
}

function* inspectEndpoints({ tags, base, url, policies, preloads }: PageParts): Generator<Finding> {
  for (const tag of tags) {
    const endpoint = resolve(tag, 'data-token-endpoint', base);
    if (!endpoint || !/^https?:$/.test(endpoint.protocol)) continue;
    const directive = policies.map((policy) => forbidsRequest(policy, endpoint, url)).find((found) => found);
    if (directive) yield finding('csp-endpoint', quote(directive, 120).slice(1, -1));
    const preload = preloads.find((preload) => withoutHash(preload.url) === withoutHash(endpoint));
    if (preload) yield finding('endpoint-preloaded', preload.by);
    // A query may hold a secret.
    yield finding('page-tag', `${endpoint.origin}${endpoint.pathname}`);
  }
}

const withoutHash = ({ href }: URL) => href.replace(/#.*/, '');

/** Looks for the bridge elsewhere: in the page's other scripts, or in a tag manager. */
async function* missingTag(page: PageParts, { load }: PageOptions): AsyncGenerator<Finding> {
  for (const script of page.scripts) {
    const url = resolve(script, 'src', page.base);
    const loaded = url && /^https?:$/.test(url.protocol) ? await load(url) : undefined;
    const text = loaded && 'bytes' in loaded ? new TextDecoder().decode(loaded.bytes) : script.text;
    if (!/live-assist-bridge|liveAssistBridge/.test(text)) continue;
    yield finding('page-bridge-in-script', url ? quote(url.pathname, 100) : 'A script in the HTML');
    return;
  }
  const own = page.scripts.some((script) => definesMethod(script, 'authoriseChatWithCallback'));
  if (own)
    yield finding(
      'tag-missing',
      'A script of the page defines authoriseChatWithCallback itself. If that function is to stay, the bridge is not needed; otherwise replace it by the tag.',
    );
  else if (page.hasTagManager) yield finding('tag-not-seen', 'the tag manager of the page');
  else yield finding('tag-missing', '');
}
