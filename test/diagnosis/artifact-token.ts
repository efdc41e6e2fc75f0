/**
 * A token signed with a private key in PEM.
 *
 * @module
 */
import { sign } from 'node:crypto';
import { encode, fineClaims } from './diagnose-site.js';

export function createToken(privatePem: string): string {
  const input = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(fineClaims())}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), privatePem).toString('base64url')}`;
}
