/** Tells the site's other tabs that the visitor may have changed: a random value in localStorage, never a token. */

const key = 'live-assist-bridge';

/** The same for this page's own bridges, where storage is full or closed to us. */
let here = '';

/** The stamp of this moment. */
export const readStamp = (): string => `${here}|${stored()}`;

/** Makes every tab of the site forget its token at its next hand-over. Storage that throws costs only that. */
export function renewStamp(prefix = ''): void {
  // With the time: there are pages that seed Math.random, the same in every tab.
  here = prefix + Math.random() + Date.now();
  try {
    localStorage.setItem(key, here);
  } catch {
    try {
      // Full: none at all is another one, too.
      localStorage.removeItem(key);
    } catch {}
  }
}

/** Renews the stamp if the page before this one was printed for another visitor. Keeps a hash, not the id. */
export function stampVisitor(visitor: string): void {
  // Two of them (as in cyrb53): ids that differ in a character or two must not meet, and in 32 bits some do.
  let [one, two] = [1, 2];
  for (const char of visitor) {
    const code = char.codePointAt(0) ?? 0;
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  const prefix = `${one}.${two}:`;
  if (!stored()?.startsWith(prefix)) renewStamp(prefix);
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
