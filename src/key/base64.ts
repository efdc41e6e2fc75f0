/**
 * Converts bytes to and from base64 (RFC 4648 section 4) and base64url without padding (section 5).
 *
 * @module
 */

/** Returns the bytes of text in base64 or base64url, padded or not. Bits that do not fill a byte are dropped. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
  // One digit alone carries six bits, which is not a byte, and atob rejects it.
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  const characters = atob(whole);
  // A loop, because Uint8Array.from takes ten times as long.
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

/** The bytes in base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return btoa(characters);
}

/** The bytes in base64url without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}

/** The bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
