/**
 * Writes integrity, size and figures of the build into a page of the documentation.
 *
 * @module
 */
import { quoteFigures, type Run } from '../bench/quote/quote-figures.js';

export interface Stamp {
  /** The tag file's integrity, as base64 of SHA-384. */
  hash: string;
  /** The tag file's size in bytes after gzip -9. */
  size: number;
  /** The last whole run of `npm run bench`. */
  run: Run;
}

/**
 * Returns the page with the integrity in every script tag, the size before every `<!-- size -->`, and the bench's
 * figures between their marks. Versions of zlib differ in a few bytes, so a size that is nearly right is kept.
 */
export function stampPage(page: string, { hash, size, run }: Stamp): string {
  const stamped = page
    .replace(/integrity="sha384-[^"]*"/g, `integrity="sha384-${hash}"`)
    .replace(/[\d.]+(?= kB gzip<!-- size -->)/g, (given) =>
      Math.abs(Number(given) - size / 1000) < 0.06 ? given : (size / 1000).toFixed(1),
    );
  return quoteFigures(stamped, run);
}
