/**
 * Builds and signs the token that tells Live Assist which contact the visitor is.
 *
 * @module
 */
import { base64url, type CryptoKey } from 'jose';
import { type Claims, issuerDefect } from '../contract/claims.js';
import { requireKnownOptions } from '../contract/known-options.js';
import type { Contact } from './contact.js';
import { contactClaims } from './contact-claims.js';
import { createSigner, type Sign } from './signer.js';

interface CommonOptions {
  /**
   * The token's `iss`: the site's FQDN, or a URL if the Live Assist screen asks for one. It is used unchanged and must
   * equal the issuer entered there, byte for byte.
   */
  issuer: string;
  /**
   * How long a token is valid, in whole seconds, at most 86400 (a day). It is counted from `iat`, which is one second
   * in the past. A value below 60 needs `allowShortLifetime`.
   *
   * @default 7200
   */
  lifetime?: number | undefined;
  /**
   * Confirms a lifetime under 60 seconds, which is refused otherwise. It is usually a mistake: the specification's
   * sample makes tokens that live 7 seconds.
   *
   * @default false
   */
  allowShortLifetime?: boolean | undefined;
}

/** The options of `createMinter`. Give exactly one of `privateKey` and `sign`. */
export type MinterOptions = CommonOptions &
  (
    | {
        /**
         * The private key in PKCS#8 PEM, or a CryptoKey for RS256. The text may have passed through an environment
         * variable: literal `\n`, CRLF, a byte order mark and quotes are accepted. It is parsed once. The type accepts
         * `undefined`, because an environment variable may be missing; the value is refused with a KeyError.
         */
        privateKey: string | CryptoKey | undefined;
        sign?: never;
      }
    | {
        /** Signs in place of `privateKey`, for a key that never leaves its vault. Called once for each token. */
        sign: Sign;
        privateKey?: never;
      }
  );

/**
 * Returns the signed token for `contact`.
 *
 * DANGER: it does not check who the visitor is. Code that can call it can create a token for any contact.
 *
 * @throws TypeError if the contact's id is not a GUID, a name is not text, a further claim is reserved or cannot be
 * written as JSON, or `sign` did not return a signature. An error that `sign` throws is passed on unchanged.
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
 * Creates a function that mints tokens (the specification, "Building the JWT"): RS256, `sub`, `given_name`,
 * `family_name`, `iss`, and `iat` and `exp` in whole seconds.
 *
 * @example
 * ```ts
 * const mint = await createMinter({ privateKey: process.env.LIVE_ASSIST_PRIVATE_KEY, issuer: 'www.example.com' });
 * const token = await mint({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', givenName: 'Ada', familyName: 'Lovelace' });
 * ```
 *
 * @throws KeyError if the private key cannot be used. It is thrown when the server starts, not at the first visitor.
 * @throws TypeError if another option cannot be used.
 */
export async function createMinter(options: MinterOptions): Promise<Mint> {
  requireKnownOptions('createMinter', options, known);
  const issuer = requireIssuer(options.issuer);
  const lifetime = requireLifetime(options);
  const sign = await createSigner(options);
  // Not jose's CompactSign, which would serialise the header and examine the key for every token.
  return async (contact) => {
    // One second in the past, so that a verifier whose clock is slightly behind accepts the token.
    const iat = Math.floor(Date.now() / 1000) - 1;
    const payload = writeJson(contactClaims(contact, { iss: issuer, iat, exp: iat + lifetime }));
    const input = `${header}.${base64url.encode(payload)}`;
    return `${input}.${base64url.encode(new Uint8Array(await sign(encoder.encode(input))))}`;
  };
}

function writeJson(claims: Claims): string {
  try {
    return JSON.stringify(claims);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The engine's own message would be several lines long.
    throw new TypeError(
      "The contact's claims cannot be written as JSON. Give text, numbers, and lists or plain objects of them.",
    );
  }
}

function requireIssuer(issuer: unknown): string {
  const defect = issuerDefect(issuer);
  if (!defect) return issuer as string;
  throw new TypeError(
    `The issuer ${defect}. Give the site's FQDN, like www.example.com, exactly as it is entered in Live Assist.`,
  );
}

function requireLifetime({ lifetime = 7200, allowShortLifetime = false }: CommonOptions): number {
  if (!Number.isInteger(lifetime) || lifetime < 1)
    throw new TypeError('The lifetime must be a whole number of seconds, like 7200 for two hours.');
  if (typeof allowShortLifetime !== 'boolean')
    throw new TypeError('allowShortLifetime is neither true nor false. Use one of them, or leave it out.');
  if (lifetime < 60 && !allowShortLifetime)
    throw new TypeError(
      `A lifetime of ${lifetime} seconds is probably a mistake. Use 60 or more, or set allowShortLifetime: true.`,
    );
  if (lifetime > 86_400)
    throw new TypeError(
      `A lifetime of ${lifetime} ${lifetime % 1000 === 0 ? 'looks like milliseconds' : 'is too long'}. It is in seconds: 7200 is two hours, 86400 (a day) is the most.`,
    );
  return lifetime;
}
