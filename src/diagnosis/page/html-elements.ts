/**
 * Reads the elements of an HTML page, as far as a browser would find them without running scripts.
 *
 * @module
 */

export interface HtmlElement {
  /** In lower case. */
  name: string;
  /** Names are in lower case. Of two equal names the first counts, as in browsers. */
  attributes: ReadonlyMap<string, string>;
  /** The position of its tag in the text. */
  offset: number;
  /** The content of a script; otherwise empty. */
  text: string;
  /** The enclosing element in which nothing runs, if there is one: `template`, `noscript` or a comment. */
  inertIn?: 'template' | 'noscript' | 'comment' | undefined;
}

/** Elements whose content is text for the parser (the HTML standard, "Parsing HTML documents"). */
const RAW = /^(script|style|textarea|title|xmp|iframe|noembed|noframes)$/;
const TAG = /<(\/?)([a-z][^\s/>]*)/giy;
const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/y;

/** Returns the elements of the page in order, including those in comments and other inert places. */
export function readHtmlElements(html: string): HtmlElement[] {
  const elements: HtmlElement[] = [];
  const open = { template: 0, noscript: 0 };
  let at = html.indexOf('<');
  while (at >= 0) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      const comment = html.slice(at + 4, end < 0 ? undefined : end);
      // Only scripts are read from comments, because a commented-out tag is worth a finding.
      if (/<script/i.test(comment))
        for (const element of readHtmlElements(comment.replaceAll('<!--', '')))
          elements.push({ ...element, offset: at + 4 + element.offset, inertIn: 'comment' });
      at = end < 0 ? -1 : html.indexOf('<', end);
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(html);
    if (!tag) {
      at = html.indexOf('<', at + 1);
      continue;
    }
    const name = (tag[2] ?? '').toLowerCase();
    const { attributes, end } = readAttributes(html, TAG.lastIndex);
    const isEnd = tag[1] === '/';
    if (name === 'template' || name === 'noscript') open[name] = Math.max(0, open[name] + (isEnd ? -1 : 1));
    let next = end;
    let text = '';
    if (!isEnd && RAW.test(name)) {
      next = endOfRaw(html, name, end);
      if (name === 'script') text = html.slice(end, next);
    }
    const inertIn = open.template ? 'template' : open.noscript ? 'noscript' : undefined;
    if (!isEnd) elements.push({ name, attributes, offset: at, text, inertIn });
    at = html.indexOf('<', next);
  }
  return elements;
}

function readAttributes(html: string, from: number): { attributes: Map<string, string>; end: number } {
  const attributes = new Map<string, string>();
  let end = from;
  ATTRIBUTE.lastIndex = from;
  for (let found = ATTRIBUTE.exec(html); found; found = ATTRIBUTE.exec(html)) {
    const [, name = '', double, single, bare] = found;
    end = ATTRIBUTE.lastIndex;
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, decodeReferences(double ?? single ?? bare ?? ''));
  }
  const close = html.indexOf('>', end);
  return { attributes, end: close < 0 ? html.length : close + 1 };
}

function endOfRaw(html: string, name: string, from: number): number {
  const pattern = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? html.length;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes the character references that occur in addresses and method names. */
function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));?/gi,
    (all, decimal, hex, name) => {
      if (name) return named[String(name).toLowerCase()] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
