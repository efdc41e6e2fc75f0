/**
 * Makes the difference between two texts visible.
 *
 * @module
 */
import { stripVTControlCharacters } from 'node:util';

/** The text as a reader sees it: composed letters, no invisible characters, one kind of space, no colours. */
const visible = (text: string) =>
  stripVTControlCharacters(text)
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

const escaped = (text: string) =>
  stripVTControlCharacters(text).replace(
    /[^ -~]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );

/** Returns the two texts. If they look the same, every character beyond ASCII is escaped. */
export function distinct(expected: string, received: string): [expected: string, received: string] {
  return visible(expected) === visible(received)
    ? [escaped(expected), escaped(received)]
    : [expected, received];
}
