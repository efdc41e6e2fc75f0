/** What is wrong with a key, in words for whoever configured it. */

/**
 * - `missing`: nothing was given, as when an environment variable is not set
 * - `not-a-key`: no PEM text
 * - `damaged`: begins like a key, but a part is lost or changed
 * - `pkcs1`: the older RSA format (`BEGIN RSA PRIVATE KEY`, `BEGIN RSA PUBLIC KEY`)
 * - `encrypted`: protected by a passphrase
 * - `certificate`, `public-key`, `private-key`: one of these where another belongs
 * - `not-rsa`: a key of another algorithm
 * - `too-short`: below 2048 bits
 * - `wrong-use`: a CryptoKey that does not sign RS256
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
