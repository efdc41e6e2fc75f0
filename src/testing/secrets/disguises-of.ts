/**
 * Other texts that give a token away.
 *
 * @module
 */

/** A signature is at least this long. Shorter texts would be found by chance. */
const shortest = 40;

/**
 * Returns the token's signature, which a page may store separately, and the base64 of the token at each of the three
 * offsets that it can have in an encoded text.
 */
export function disguisesOf(token: string): string[] {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  // The first group may also encode what precedes the token, and the last group what follows it. base64url is the
  // same, because the base64 of a token contains neither + nor /.
  const encoded = [0, 1, 2].map((offset) =>
    Buffer.from(' '.repeat(offset) + token)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
  return [signature, ...encoded].filter(({ length }) => length >= shortest);
}
