/** Quotes foreign text in a message: characters outside printable ASCII are escaped, and long text is cut off. */
export function quote(text: string, limit = 80): string {
  const shown = [...text.slice(0, limit)].map(visible).join('');
  return `"${shown}${text.length > limit ? '...' : ''}"`;
}

/**
 * Returns the character itself if it is visible, otherwise its code. Terminals obey control characters, and readers
 * overlook spaces.
 */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 && code < 0x7f ? character : `\\u{${code.toString(16)}}`;
}
