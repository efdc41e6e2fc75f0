/** Whether a text given as a key is probably the path of a file: one line, too short for an encoded key. */
export function looksLikePath(text: string): boolean {
  const path = text.trim();
  return (
    /^[^\r\n]{1,260}$/.test(path) &&
    (/^(\.{0,2}|~|file:|[a-z]:)[/\\]/i.test(path) || /\.(pem|key|der|p8|pub|crt|cer|txt)$/i.test(path))
  );
}
