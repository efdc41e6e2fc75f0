/**
 * Keeps two texts that differ from looking the same.
 *
 * @module
 */
import { stripVTControlCharacters } from 'node:util';

/** As a reader sees it: letters composed, nothing invisible, one kind of blank, no colours. */
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

/** The same two texts, or, if they look the same, with every character beyond ASCII escaped. */
export function distinct(expected: string, received: string): [expected: string, received: string] {
  return visible(expected) === visible(received)
    ? [escaped(expected), escaped(received)]
    : [expected, received];
}
