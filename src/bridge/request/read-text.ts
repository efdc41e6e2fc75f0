/**
 * Reads the body of an answer.
 *
 * @module
 */

/** No token is longer. Characters. */
const longestBody = 1e6;

/** The body as text. A longer body than any token's is cut off, with a mark that keeps it from being a token. */
export async function readText(response: Response): Promise<string> {
  const decoder = createDecoder();
  // An empty answer has no body to read, nor has that of a page's own fetch.
  const reader = decoder && response.body?.getReader();
  if (!reader) return response.text();
  let text = '';
  for (let part = await reader.read(); part.value; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > longestBody) return `${text}…`;
  }
  return text + decoder.decode();
}

/** A decoder that works. jsdom has none, and a page may have something else of that name. */
function createDecoder(): TextDecoder | undefined {
  try {
    const decoder = new TextDecoder();
    if (decoder.decode() === '') return decoder;
  } catch {}
  return undefined;
}
