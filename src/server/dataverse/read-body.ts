/**
 * Reads the body of an answer of Dynamics, up to a limit.
 *
 * @module
 */
import { DataverseError } from './dataverse-error.js';

/** The limit in bytes, after decompression. Fifty contacts with four columns take about 20 kB. */
const most = 1_000_000;

/** @throws DataverseError `unexpected-answer` as soon as more than 1 MB has arrived. */
export async function readLimitedBody({ body }: Response): Promise<Blob> {
  if (!body) return new Blob();
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks);
    length += value.length;
    if (length > most) {
      // Not awaited, because a stuck stream may never confirm.
      reader.cancel().catch(() => {});
      throw new DataverseError(
        'unexpected-answer',
        'The answer of Dynamics is larger than 1 MB. Is url the address of the organisation itself?',
      );
    }
    chunks.push(value);
  }
}
