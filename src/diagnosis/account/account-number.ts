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

/** Removes comments, which do not run. A single pattern would take quadratic time for unclosed comments. */
const withoutComments = (html: string): string =>
  html
    .split('<!--')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('-->') + 1)))
    .join(' ');
