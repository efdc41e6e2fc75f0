/**
 * Finds the number of the Live Assist account on a page.
 *
 * @module
 */

/**
 * Where pages name the number: in the vendor's snippet, in its script's address, and in addresses below the account.
 */
const places = [
  /\blpTag\s*\.\s*site\s*=\s*["'`]?(\d{4,12})\b/i,
  /\blpTag\s*(?:\|\|\s*)?=?\s*\{[^{}]{0,400}?\bsite\s*:\s*["'`]?(\d{4,12})\b/i,
  /["'](?:lp)?site["']\s*:\s*["'](\d{4,12})["'][^<>]{0,500}\blp/i,
  /[/.](?:liveperson\.net|lpsnmedia\.net|liveassistfor365\.com)\/[^\s"'<>]{0,300}?[?&;](?:site|siteid|accountid|account)=(\d{4,12})\b/i,
  /\/engagement\.js\?(?:[^\s"'<>]{0,100}&)?(?:site|account)=(\d{4,12})\b/i,
  /\/api\/account\/(\d{4,12})\//i,
  /<script\b[^>]{0,500}?\sdata-(?:lp-?site|lp-?account|live-assist-account|account-number)\s*=\s*["']?(\d{4,12})\b/i,
  /\b(?:lpSite|lpNumber|lpAccount(?:Number|Id)?|lp_account(?:_number|_id)?)\s*[=:]\s*["'`]?(\d{4,12})\b/i,
];

/**
 * Returns the account number in the HTML of a page, or `undefined` if the page names none or several.
 *
 * A tag manager may add the vendor's script later. Static HTML does not show that.
 */
export function accountNumberOf(html: string): string | undefined {
  const text = withoutComments(html).replaceAll('&amp;', '&');
  const found = new Set(
    places.flatMap((place) => [...text.matchAll(new RegExp(place, 'gi'))].map(([, number = '']) => number)),
  );
  const [number] = found;
  return found.size === 1 ? number : undefined;
}

/**
 * Removes comments, which do not run. An HTML comment that never ends swallows the rest. In a script, such a beginning
 * belongs to a text, such as a media type, because the script would not run otherwise.
 *
 * A single pattern would take quadratic time for unclosed comments.
 */
function withoutComments(html: string): string {
  const [before = '', ...scripts] = withoutBetween(html, '<!--', '-->', () => '').split(/<script\b/i);
  const stripped = scripts.map((part) => {
    const end = part.search(/<\/script/i);
    const [code, rest] = end < 0 ? [part, ''] : [part.slice(0, end), part.slice(end)];
    // The slashes of an address stand behind a colon or a quotation mark.
    return withoutBetween(code, '/*', '*/', (part) => part).replace(/(^|[\s;{}>])\/\/[^\n\r]*/g, '$1') + rest;
  });
  return [before, ...stripped].join('<script');
}

function withoutBetween(
  text: string,
  start: string,
  end: string,
  unclosed: (part: string) => string,
): string {
  const [before = '', ...parts] = text.split(start);
  const behind = parts.map((part) =>
    part.includes(end) ? part.slice(part.indexOf(end) + end.length) : unclosed(part),
  );
  return [before, ...behind].join(' ');
}
