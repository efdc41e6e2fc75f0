/**
 * Reads and writes the part of DER (X.690) that keys and certificates use.
 *
 * @module
 */

/** One element: its tag, where it begins, and where its contents start and end. */
export interface DerElement {
  tag: number;
  offset: number;
  start: number;
  /** Where the contents end according to the header. It lies beyond the bytes if some are missing. */
  end: number;
}

export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OBJECT_IDENTIFIER = 0x06;
export const SEQUENCE = 0x30;
/** Context-specific [0], constructed: a certificate's version. */
export const CONTEXT_0 = 0xa0;

/** Returns the element at `offset`, or undefined if there is no valid header. The contents may be cut off. */
export function readElement(bytes: Uint8Array, offset: number): DerElement | undefined {
  const [tag, first] = [bytes[offset], bytes[offset + 1]];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, offset, start: offset + 2, end: offset + 2 + first };
  const count = first & 0x7f;
  const digits = bytes.subarray(offset + 2, offset + 2 + count);
  if (count === 0 || count > 4 || digits.length < count) return undefined;
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0);
  const start = offset + 2 + count;
  return { tag, offset, start, end: start + length };
}

/** Returns the elements between `start` and `end`, up to the first unreadable header. */
export function readElements(
  bytes: Uint8Array,
  { start, end }: Pick<DerElement, 'start' | 'end'>,
): DerElement[] {
  const elements: DerElement[] = [];
  for (let offset = start; offset < Math.min(end, bytes.length); ) {
    const element = readElement(bytes, offset);
    if (!element) break;
    elements.push(element);
    offset = element.end;
  }
  return elements;
}

/** Returns an element with this tag and these contents. */
export function writeElement(tag: number, ...contents: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | digits.length, ...digits];
  const bytes = new Uint8Array(header.length + length);
  bytes.set(header);
  let offset = header.length;
  for (const part of contents) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
