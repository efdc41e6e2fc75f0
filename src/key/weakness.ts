/**
 * Recognises RSA keys with which anybody can sign.
 *
 * @module
 */
import { isExponentOne, type RsaKey } from './rsa-key.js';

/** Says in a sentence without its full stop why anybody can sign for this key, or returns `undefined`. */
export function weaknessOf(key: RsaKey): string | undefined {
  if (isExponentOne(key))
    return 'The exponent of this key is 1: anybody can make its signatures, and chat as any of your contacts';
  return isRoca(key.modulus)
    ? 'A faulty chip made this key (ROCA, CVE-2017-15361): anybody can compute its private key, and chat as any of your contacts'
    : undefined;
}

/** The primes 3 to 167. */
const primes = Array.from({ length: 165 }, (_, index) => index + 3).filter((number) => {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
});

/**
 * Whether the private key can be computed from this modulus (ROCA). The chips of one maker chose primes so that the modulus is
 * a power of 65537 modulo every small prime. Of other keys, one in about 240 million looks like that.
 */
export function isRoca(modulus: bigint): boolean {
  return primes.every((prime) => powersOf65537(prime).has(Number(modulus % BigInt(prime))));
}

function powersOf65537(prime: number): Set<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * 65537) % prime) powers.add(power);
  return powers;
}
