/** Builds and signs the token that tells Live Assist which contact the visitor is. */
import { base64url, type CryptoKey } from 'jose';
import { requireKnownOptions } from '../contract/known-options.js';
import type { Contact } from './contact.js';
import { contactClaims } from './contact-claims.js';
import { createSigner, type Sign } from './signer.js';

interface CommonOptions {
  /**
   * The token's `iss`: FQDN of the site, or a URL where the Live Assist screen asks for one. Used as given: it must
   * equal what is entered there, byte for byte.
   */
  issuer: string;
  /**
   * How long a token is valid, in whole seconds, a day at most. Below 60 only together with `allowShortLifetime`.
   *
   * @default 7200
   */
  lifetime?: number | undefined;
  /**
   * Says that a lifetime under 60 seconds is meant. Without it such a lifetime is refused: the specification's sample
   * makes tokens of 7 seconds by mistake, and a visitor who is slow to click is then nobody.
   *
   * @default false
   */
  allowShortLifetime?: boolean | undefined;
}

/** Exactly one of `privateKey` and `sign`. */
export type MinterOptions = CommonOptions &
  (
    | {
        /**
         * The private key in PKCS#8 PEM, as an environment variable may hold it (literal `\n`, CRLF, a byte order mark,
         * quotes), or a CryptoKey for RS256. Parsed once. `undefined`, as an environment variable that is not set, is
         * refused with those words.
         */
        privateKey: string | CryptoKey | undefined;
        sign?: never;
      }
    | {
        /** Signs in place of a key, for one that never leaves a key vault. Asked once for each token. */
        sign: Sign;
        privateKey?: never;
      }
  );

/**
 * Answers the signed token for `contact`.
 *
 * Does not ask who the visitor is: whoever may call it may speak as any contact.
 *
 * @throws TypeError when the contact's id is no GUID, a name no text, a further claim reserved, or when `sign` answered no
 * signature.
 */
export type Mint = (contact: Contact) => Promise<string>;

const known = {
  privateKey: true,
  sign: true,
  issuer: true,
  lifetime: true,
  allowShortLifetime: true,
} satisfies Record<keyof MinterOptions, true>;

const encoder = new TextEncoder();
const header = base64url.encode(JSON.stringify({ alg: 'RS256', typ: 'JWT' }));

/**
 * A function that mints tokens (the specification, "Building the JWT"): RS256, `sub`, `given_name`, `family_name`,
 * `iss`, and `iat` and `exp` in whole seconds.
 *
 * @example
 * ```ts
 * const mint = await createMinter({ privateKey: process.env.LIVE_ASSIST_PRIVATE_KEY, issuer: 'www.example.com' });
 * const token = await mint({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', givenName: 'Ada', familyName: 'Lovelace' });
 * ```
 *
 * @throws KeyError when the private key cannot be used; now, not when the first visitor comes.
 * @throws TypeError when another option cannot be used.
 */
export async function createMinter(options: MinterOptions): Promise<Mint> {
  requireKnownOptions('createMinter', options, known);
  const issuer = requireIssuer(options.issuer);
  const lifetime = requireLifetime(options);
  const sign = await createSigner(options);
  // Not jose's CompactSign: it serialises the header and examines the key anew for every token, a tenth of the signature's cost.
  return async (contact) => {
    // One second in the past, for a verifier whose clock is a little behind.
    const iat = Math.floor(Date.now() / 1000) - 1;
    const payload = JSON.stringify(contactClaims(contact, { iss: issuer, iat, exp: iat + lifetime }));
    const input = `${header}.${base64url.encode(payload)}`;
    return `${input}.${base64url.encode(new Uint8Array(await sign(encoder.encode(input))))}`;
  };
}

function requireIssuer(issuer: unknown): string {
  if (typeof issuer === 'string' && issuer !== '' && !/[\s\p{Cc}\p{Cf}]/u.test(issuer)) return issuer;
  const defect = !issuer
    ? 'is missing'
    : typeof issuer === 'string'
      ? 'contains white space or an invisible character'
      : 'is not text';
  throw new TypeError(
    `The issuer ${defect}. Give the site's FQDN, like www.example.com, exactly as it is entered in Live Assist.`,
  );
}

function requireLifetime({ lifetime = 7200, allowShortLifetime = false }: CommonOptions): number {
  if (!Number.isInteger(lifetime) || lifetime < 1)
    throw new TypeError('The lifetime must be a whole number of seconds, like 7200 for two hours.');
  if (typeof allowShortLifetime !== 'boolean')
    throw new TypeError('allowShortLifetime is neither true nor false. Give one of them, or leave it out.');
  if (lifetime < 60 && !allowShortLifetime)
    throw new TypeError(
      `A lifetime of ${lifetime} seconds is hardly what is meant. Use 60 or more, or say allowShortLifetime: true.`,
    );
  if (lifetime > 86_400)
    throw new TypeError(
      `A lifetime of ${lifetime} ${lifetime % 1000 === 0 ? 'looks like milliseconds' : 'is too long'}. It is in seconds: 7200 is two hours, 86400 (a day) is the most.`,
    );
  return lifetime;
}
