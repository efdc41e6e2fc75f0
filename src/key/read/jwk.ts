/**
 * Selects the key that verifies RS256 from a JWK or a JWK Set (RFC 7517).
 *
 * @module
 */

export interface SelectedJwk {
  n: string;
  e: string;
  /** The member that keeps the key from verifying RS256, as it is written. */
  otherUse?: string | undefined;
  /** How many keys of the set can verify RS256. One if the token's `kid` selects it. */
  count: number;
  /** The position of the key in the set. */
  index: number;
}

/**
 * Returns the RSA key in this JSON, preferably one that may verify RS256, and among several of them the one with `kid`.
 * Returns `undefined` for other text.
 */
export function selectJwk(text: string, kid?: string): SelectedJwk | undefined {
  const keys = jwksIn(text)
    .map((key, index) => ({ ...key, index }))
    .filter(isRsa);
  const usable = keys.filter((key) => !otherUse(key));
  const named = usable.filter((key) => kid !== undefined && key.kid === kid);
  const candidates = named.length > 0 ? named : usable;
  const [key = keys[0]] = candidates;
  return (
    key && {
      n: key.n,
      e: key.e,
      otherUse: otherUse(key),
      count: new Set(candidates.map(({ n }) => n)).size,
      index: key.index,
    }
  );
}

type Members = Record<string, unknown>;
type RsaJwk = Members & { n: string; e: string };

const isRsa = <Key extends Members>(key: Key): key is Key & RsaJwk =>
  key.kty === 'RSA' && typeof key.n === 'string' && typeof key.e === 'string';

/** Returns a JWK, the keys of a set or a list, or the key in the answer of Azure Key Vault. */
function jwksIn(text: string): Members[] {
  const value = parseObject(text);
  if (!value) return [];
  const inner = Array.isArray(value) ? value : (value.keys ?? value.key ?? value);
  return (Array.isArray(inner) ? inner : [inner]).map((one) => (isObject(one) ? one : {}));
}

function parseObject(text: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** Returns the member that states another purpose than verifying RS256 (RFC 7517 sections 4.2 to 4.4). */
function otherUse({ use, key_ops, keyOps, alg }: Members): string | undefined {
  // Azure Key Vault writes `keyOps`.
  const operations = key_ops ?? keyOps;
  // Some programs leave a member empty, or name the kind of key in "alg".
  if (typeof use === 'string' && !/^(sig)?$/i.test(use)) return member('use', use);
  if (typeof alg === 'string' && !/^(RS256|RSA)?$/i.test(alg)) return member('alg', alg);
  if (
    Array.isArray(operations) &&
    operations.length > 0 &&
    !operations.some((one) => /^(sign|verify)$/.test(one))
  )
    return member('key_ops', operations);
  return undefined;
}

function member(name: string, value: unknown): string {
  const written = JSON.stringify(value);
  return `"${name}": ${/^[\w"[\], +-]{1,60}$/.test(written) ? written : '...'}`;
}
