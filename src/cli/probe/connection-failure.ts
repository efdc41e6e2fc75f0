/**
 * Says in words why a request failed before an answer came.
 *
 * @module
 */

export interface ConnectionFailure {
  kind: 'timeout' | 'chain' | 'certificate' | 'encoding' | 'port' | 'other';
  /** The end of a sentence that begins with the address. */
  reason: string;
}

/** Explains an error thrown by Node's `fetch`. */
export function connectionFailure(error: unknown): ConnectionFailure {
  if (['TimeoutError', 'AbortError'].includes((error as Error).name))
    return { kind: 'timeout', reason: 'it did not answer in time' };
  const { code = '', message = '' } = ((error as Error).cause ?? error ?? {}) as {
    code?: string;
    message?: string;
  };
  if (message === 'bad port') return { kind: 'port', reason: 'browsers refuse to connect to that port' };
  if (code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    return {
      kind: 'chain',
      reason: 'the server sends its TLS certificate without the intermediate certificate',
    };
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code)) return { kind: 'certificate', reason: code };
  if (/^Z_|ERR__ERROR|DECODING/.test(code) || /incorrect header check|Decompression/i.test(message))
    return { kind: 'encoding', reason: 'its body is not in the encoding that Content-Encoding announces' };
  if (code.startsWith('HPE_'))
    return { kind: 'other', reason: `what answers there is not valid HTTP (${code})` };
  return { kind: 'other', reason: reasons[code] ?? (code || 'the connection failed') };
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'its name is not known (ENOTFOUND)',
  EAI_AGAIN: 'its name cannot be looked up now (EAI_AGAIN)',
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ECONNRESET: 'it closed the connection (ECONNRESET)',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of its answer are larger than 16 kB',
  UND_ERR_SOCKET: 'it closed the connection',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https there',
  EHOSTUNREACH: 'there is no route to it (EHOSTUNREACH)',
};
