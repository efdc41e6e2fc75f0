/** Reads an HTTP answer that was saved with its headers, as `curl -i` prints it. */

/** What comes before the body; a copy may have lost the blank line behind it. */
const head = /^HTTP\/[\d.]+ (\d{3})([^\r\n]*)(?:\r?\n|$)((?:[^\r\n]+(?:\r?\n|$))*)(?:\r?\n|$)/;

/** The answer as a Response; of several in a row the first that is final. `undefined` for any other text. */
export function savedAnswer(saved: string): Response | undefined {
  const text = saved.trimStart();
  const [all, digits, reason = '', lines = ''] = head.exec(text) ?? [];
  if (all === undefined) return undefined;
  const [status, rest] = [Number(digits), text.slice(all.length)];
  // Heads before the answer's own: an interim one, or a proxy's that opens a tunnel.
  if (status < 200 || (/established/i.test(reason) && head.test(rest))) return savedAnswer(rest);
  if (status > 599) return undefined;
  const headers = new Headers();
  for (const line of lines.split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*([\x20-\xff]*)$/.exec(line) ?? [];
    if (name && value !== undefined) headers.append(name, value.trim());
  }
  const bodiless = [204, 205, 304].includes(status);
  return new Response(bodiless ? null : rest, { status, headers });
}
