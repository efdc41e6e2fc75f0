/** Shows a foreign text in a message: every character outside of printable ASCII escaped, long ones cut. */
export function quote(text: string, limit = 80): string {
  const shown = [...text.slice(0, limit)].map(visible).join('');
  return `"${shown}${text.length > limit ? '...' : ''}"`;
}

/** The character itself where it can be seen, else its code: terminals obey control characters, and eyes miss blanks. */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x20 && code < 0x7f ? character : `\\u{${code.toString(16)}}`;
}
