/**
 * Mints valid and invalid tokens.
 *
 * @module
 */
import { CompactSign, type GenerateKeyPairResult, generateKeyPair } from 'jose';

const now = () => Math.floor(Date.now() / 1000);

export type Mint = Awaited<ReturnType<typeof createMint>>;

let keys: Promise<GenerateKeyPairResult> | undefined;

/**
 * Mints with a key of this run. `issued` receives every token, so that a test can search for it in places where it must
 * not be.
 */
export async function createMint(issued: (token: string) => void) {
  keys ??= generateKeyPair('RS256');
  const { privateKey } = await keys;
  /** Signs any payload. */
  async function sign(
    payload: unknown,
    header: { alg: string } = { alg: 'RS256' },
    key: CryptoKey | Uint8Array = privateKey,
  ) {
    const bytes = new TextEncoder().encode(JSON.stringify(payload));
    const token = await new CompactSign(bytes).setProtectedHeader(header).sign(key);
    issued(token);
    return token;
  }
  /** A token of two hours for a contact, unless `claims` say otherwise; `undefined` leaves one out. */
  const mint = (claims: Record<string, unknown> = {}) =>
    sign({
      sub: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      given_name: 'Ada',
      family_name: 'Example',
      iss: 'www.example.com',
      iat: now(),
      exp: now() + 7200,
      ...claims,
    });
  return Object.assign(mint, { sign, now });
}
