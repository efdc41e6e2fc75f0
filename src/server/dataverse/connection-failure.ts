/**
 * Explains why a request got no answer, or only a part of it.
 *
 * @module
 */
import { DataverseError, type DataverseErrorCode } from './dataverse-error.js';

type Cause = [when: RegExp, code: DataverseErrorCode, fact: string, remedy: string];

/** By the system's error code. The first entry that fits counts. */
const causes: Cause[] = [
  [
    /CERT|SELF_SIGNED|LEAF_SIGNATURE/,
    'network',
    'The certificate of the server at url is not trusted',
    'Is url right? If a proxy inspects TLS, make its certificate known to this server.',
  ],
  [
    /SSL|TLS|EPROTO/,
    'network',
    'No TLS connection can be made with the server at url',
    'Does it speak https on this port?',
  ],
  [
    /^HPE_|HEADERS_OVERFLOW/,
    'unexpected-answer',
    'What answered does not speak HTTP as a server should',
    'Is url the address of the organisation itself?',
  ],
  [
    // Brotli's codes begin with ERR__ERROR_, with two underscores.
    /^Z_|^ERR__ERROR|BROTLI/,
    'unexpected-answer',
    'The answer of Dynamics cannot be decompressed',
    'Does a proxy on the way change it?',
  ],
];

/**
 * Passes on the system's error code only. The error that fetch throws may contain the request, and with it the access
 * token.
 *
 * @param otherwise The fact, for a code that says no more.
 */
export function connectionFailure(otherwise: string, error: unknown): DataverseError {
  const { code: own, cause } = Object(error) as { code?: unknown; cause?: { code?: unknown } | null };
  const shown = [cause?.code, own].find((it) => typeof it === 'string' && /^[A-Z\d_]+$/.test(it));
  const [, code, fact, remedy] = causes.find(([when]) => when.test(String(shown ?? ''))) ?? [
    undefined,
    'network' as const,
    otherwise,
    'Is url right, and may the server connect to it?',
  ];
  return new DataverseError(code, `${fact}${shown ? ` (${shown})` : ''}. ${remedy}`);
}
