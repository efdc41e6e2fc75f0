/**
 * Reads the body of an answer.
 *
 * @module
 */

/** No token is longer. Characters. */
const longestBody = 1e6;

/** The body as text. A longer body than any token's is cut off, with a mark that keeps it from being a token. */
export async function readText(response: Response): Promise<string> {
  // An empty answer has no body to read, nor has that of a page's own fetch. jsdom has no TextDecoder.
  const reader = typeof TextDecoder === 'function' && response.body?.getReader();
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); part.value; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > longestBody) return `${text}…`;
  }
  return text + decoder.decode();
}
