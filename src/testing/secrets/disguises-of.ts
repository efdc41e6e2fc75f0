/**
 * Other texts that give a token away.
 *
 * @module
 */

/** A signature is at least this long. Shorter texts would be found by chance. */
const shortest = 40;

/** The token's signature alone, as a page may store it apart, and the base64 of the token wherever in a text it stands. */
export function disguisesOf(token: string): string[] {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  // The first group may hold what stands before the token, the last one what follows. base64url is the same, because base64
  // of a token has neither + nor /.
  const encoded = [0, 1, 2].map((offset) =>
    Buffer.from(' '.repeat(offset) + token)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4, -4),
  );
  return [signature, ...encoded].filter(({ length }) => length >= shortest);
}
