/**
 * Says what is wrong with a key, in words for the person who configured it.
 *
 * @module
 */

/**
 * - `missing`: nothing was given, for example because an environment variable is not set
 * - `not-a-key`: not a key, or a key in a format of another tool
 * - `damaged`: begins like a key, but a part is missing or changed
 * - `pkcs1`: the older RSA format (`BEGIN RSA PRIVATE KEY`, `BEGIN RSA PUBLIC KEY`)
 * - `encrypted`: protected by a passphrase
 * - `certificate`, `public-key`, `private-key`: one of these where another one is required
 * - `not-rsa`: a key of another algorithm
 * - `too-short`: below 2048 bits
 * - `published`: its private half is printed in public documentation
 * - `weak`: its private half can be computed
 * - `wrong-use`: a CryptoKey that does not sign RS256, or a JWK that is not for RS256
 */
export type KeyErrorCode =
  | 'missing'
  | 'not-a-key'
  | 'damaged'
  | 'pkcs1'
  | 'encrypted'
  | 'certificate'
  | 'public-key'
  | 'private-key'
  | 'not-rsa'
  | 'too-short'
  | 'published'
  | 'weak'
  | 'wrong-use';

/** A key that cannot be used. Its message says what was found and what to do; it never quotes the key. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
