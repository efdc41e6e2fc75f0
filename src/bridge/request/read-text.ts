/**
 * Reads the body of an answer.
 *
 * @module
 */

/** In characters. No token is longer. */
const longestBody = 1e6;

/**
 * Returns the body as text. A body over the limit is cut off and marked with "…", so that it cannot pass for a token.
 */
export async function readText(response: Response): Promise<string> {
  const decoder = createDecoder();
  // An empty answer has no body to read. The answer of a page's own fetch may lack one, too.
  const reader = decoder && response.body?.getReader();
  if (!reader) return response.text();
  let text = '';
  for (let part = await reader.read(); part.value; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > longestBody) return `${text}…`;
  }
  return text + decoder.decode();
}

/** Returns a working decoder, if there is one. jsdom has none, and a page may have replaced the class. */
function createDecoder(): TextDecoder | undefined {
  try {
    const decoder = new TextDecoder();
    if (decoder.decode() === '') return decoder;
  } catch {}
  return undefined;
}
