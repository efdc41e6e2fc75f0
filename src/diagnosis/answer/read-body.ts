import { type Finding, finding } from '../findings/finding.js';

/** Control characters other than white space, as compressed bytes are full of. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const COMPRESSED = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;
const LIMIT = 1_000_000;

/**
 * Returns the body as text, or the finding that says why it cannot be read: it is incomplete, or longer than any token.
 */
export async function readBody(response: Response): Promise<string | Finding> {
  if (response.bodyUsed) {
    throw new TypeError('The body of this response has been read already. Hand over response.clone().');
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let [text, length] = ['', 0];
  const reader = response.body?.getReader();
  try {
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
      length += chunk.value.length;
      if (length > LIMIT) {
        await reader?.cancel();
        return finding('answer-too-long', '1 MB');
      }
      text += decoder.decode(chunk.value, { stream: true });
    }
  } catch (error) {
    return finding(isDecodingError(error) ? 'endpoint-encoding' : 'answer-incomplete');
  }
  text += decoder.decode();
  if (/^\ufffd{2}[^\0]\0|^\ufffd{2}\0[^\0]|^[^\0]\0[^\0]\0/.test(text)) return finding('answer-utf16');
  // The body is still compressed: no text contains such bytes.
  return text.includes('\ufffd') && COMPRESSED.test(text) ? finding('endpoint-encoding') : text;
}

/** Whether Node's fetch could not decompress the body. A browser has a network error in that case. */
function isDecodingError(error: unknown): boolean {
  const { code = '', message = '' } = ((error as Error).cause ?? {}) as { code?: string; message?: string };
  return /^Z_|^ERR__ERROR|DECODING/.test(code) || /incorrect header check|decompress/i.test(message);
}
