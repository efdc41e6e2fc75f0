/**
 * Finds the few characters in which two texts of a key differ.
 *
 * @module
 */
import { cleanKeyText } from '../key/pasted-key.js';

/** The maximum number of differences. More differences mean another key. */
const most = 3;

/** Describes the slip, like "differs in one character, at position 51,". Returns `undefined` if the lengths differ. */
export function keySlip(published: string, site: string): string | undefined {
  const { base64 } = cleanKeyText(published);
  if (base64.length !== site.length) return undefined;
  const positions = [...site].flatMap((character, index) => (base64[index] === character ? [] : [index + 1]));
  if (positions.length === 0 || positions.length > most) return undefined;
  const [first] = positions;
  if (positions.length === 1) return `differs in one character, at position ${first},`;
  const last = positions.at(-1);
  const count = positions.length === 2 ? 'two' : 'three';
  return `differs in ${count} characters, at the positions ${positions.slice(0, -1).join(', ')} and ${last},`;
}
