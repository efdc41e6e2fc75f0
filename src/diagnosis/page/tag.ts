/**
 * Checks that the page has the bridge's tag exactly once, in a place where it runs, before Live Assist's script.
 *
 * @module
 */
import { isLocalHost } from '../../contract/origins.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import type { HtmlElement } from './html-elements.js';
import { methodNameOfTag, type PageParts, resolve } from './page-parts.js';
import { inspectAttributes, misspeltEndpoint } from './tag-attributes.js';

/** MIME types that browsers run as a script (the HTML standard, "JavaScript MIME type"). */
export const scriptType =
  /^(application\/(x-)?(java|ecma)script|text\/((x-)?(java|ecma)script|javascript1\.[0-5]|jscript|livescript))$/i;

const places = { comment: 'a comment', template: '<template>', noscript: '<noscript>' } as const;

/** Findings about the tags in the HTML. */
export function* inspectTags(page: PageParts): Generator<Finding> {
  for (const { inertIn } of page.tags.length === 0 ? page.inertTags : [])
    yield finding('tag-inert', places[inertIn ?? 'comment']);
  if (page.tags.length === 0 && page.bareTags.length > 0 && page.inertTags.length === 0)
    yield finding('tag-attribute-missing', misspelling(page.bareTags));
  yield* inspectCount(page);
  for (const tag of page.tags) yield* inspectTag(tag, page);
  yield* inspectOrder(page);
}

/** How `data-token-endpoint` is misspelt, in quotes; empty if no attribute resembles it. */
function misspelling(tags: readonly HtmlElement[]): string {
  const [written] = tags.map(misspeltEndpoint).filter((name) => name !== undefined);
  return written === undefined ? '' : quote(written, 40);
}

function* inspectCount({ tags }: PageParts): Generator<Finding> {
  const methods = tags.map(methodNameOfTag);
  const twice = tags.filter((tag) => methods.filter((name) => name === methodNameOfTag(tag)).length > 1);
  const [first] = twice;
  if (!first) return;
  const differing = ['data-token-endpoint', 'data-visitor'].find((name) =>
    twice.some((tag) => tag.attributes.get(name) !== first.attributes.get(name)),
  );
  yield differing ? finding('tags-contradict', differing) : finding('tag-twice', twice.length);
}

function* inspectTag(tag: HtmlElement, page: PageParts): Generator<Finding> {
  const { attributes } = tag;
  const type = attributes.get('type')?.trim() ?? '';
  if (attributes.has('nomodule') && type.toLowerCase() !== 'module') yield finding('tag-nomodule');
  if (type && !scriptType.test(type) && type.toLowerCase() !== 'module')
    yield finding('tag-waits', quote(type, 40));
  if (!attributes.get('src')?.trim()) yield finding('tag-without-file');
  else yield* inspectAddress('src', resolve(tag, 'src', page.base), page);
  const endpoint = attributes.get('data-token-endpoint')?.trim();
  yield* endpoint
    ? inspectAddress('data-token-endpoint', resolve(tag, 'data-token-endpoint', page.base), page)
    : [
        finding(
          'tag-address',
          'data-token-endpoint',
          'is empty. Write the address of the token endpoint there',
        ),
      ];
  yield* inspectAttributes(attributes);
}

function* inspectAddress(
  attribute: string,
  url: URL | undefined,
  { url: page }: PageParts,
): Generator<Finding> {
  const isEndpoint = attribute === 'data-token-endpoint';
  if (!url || (isEndpoint && !/^https?:$/.test(url.protocol)))
    yield finding(
      'tag-address',
      attribute,
      'is not an address. Write a path such as /live-assist/token, or https://',
    );
  else if (url.username || url.password)
    yield finding(
      'tag-address',
      attribute,
      'holds a user name or a password, which everybody can read. Remove them',
    );
  else if (url.protocol === 'http:' && page.protocol === 'https:' && !isLocalHost(url.hostname))
    yield finding(
      'tag-address',
      attribute,
      'begins with http:, and browsers block that on a page of https. Write https:',
    );
  else if (isEndpoint && url.protocol === 'http:' && url.origin !== page.origin && !isLocalHost(url.hostname))
    yield finding(
      'tag-address',
      attribute,
      'leads to another origin over http, which the bridge refuses. Use https',
    );
}

function* inspectOrder({ tags, engagement }: PageParts): Generator<Finding> {
  const [tag] = tags;
  if (!engagement) yield finding('page-no-engagement');
  else if (tag && tag.offset > engagement.offset) yield finding('tag-after-engagement');
}

/** Whether a script in the HTML assigns the method itself. The documented stub, which queues calls, does not count. */
export function definesMethod({ attributes, text }: HtmlElement, method: string): boolean {
  const name = method.replace(/[.$]/g, '\\$&');
  const last = method.slice(method.lastIndexOf('.') + 1).replace(/\$/g, '\\$&');
  const pattern = new RegExp(
    `(?<![\\w$])${name}\\s*=(?!=)|\\bfunction\\s+${last}\\s*\\(|\\[['"]${last}['"]\\]\\s*=(?!=)`,
  );
  return !attributes.has('src') && pattern.test(text) && !/\.q\b\s*(\|\||=|\))/.test(text);
}
