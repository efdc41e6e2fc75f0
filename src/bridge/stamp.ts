/** Tells the site's other tabs that the visitor may have changed: a random value in localStorage, never a token. */

const key = 'live-assist-bridge';

/** The stamp of this moment; `null` where there is none or storage is closed to us. */
export function readStamp(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Makes every tab of the site forget its token at its next hand-over. Storage that throws costs only that. */
export function renewStamp(prefix = ''): void {
  try {
    localStorage.setItem(key, prefix + Math.random());
  } catch {}
}

/** Renews the stamp if the page before this one was printed for another visitor. Keeps a hash, not the id. */
export function stampVisitor(visitor: string): void {
  const prefix = `${[...visitor].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) | 0, 0)}:`;
  if (!readStamp()?.startsWith(prefix)) renewStamp(prefix);
}
