/** Whether a text in the place of a key is the path of its file: one short line that no encoded key is. */
export function looksLikePath(text: string): boolean {
  const path = text.trim();
  return (
    /^[^\r\n]{1,260}$/.test(path) &&
    (/^(\.{0,2}|~|file:|[a-z]:)[/\\]/i.test(path) || /\.(pem|key|der|p8|pub|crt|cer|txt)$/i.test(path))
  );
}
