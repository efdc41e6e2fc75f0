/**
 * The identity by which messaging targets a signed-in visitor.
 *
 * @module
 */
import { readToken } from '../../contract/read-token.js';
import { BridgeError } from '../errors.js';

/** What messaging reads. It identifies the visitor and authenticates nobody. */
export interface Identity {
  /** The token's `iss`, byte for byte. */
  iss: string;
  /** @default 'loa1' */
  acr?: 'loa1' | undefined;
  /** The token's `sub`: the GUID of the visitor's contact. */
  sub: string;
}

/**
 * The identity in a token, or the one that the site's own function gave.
 *
 * @throws BridgeError `wrong-claims` if a part of it is missing.
 */
export function identityOf(given: unknown): Required<Identity> {
  const { iss, sub } = Object(typeof given === 'string' ? readToken(given)?.payload : given) as Identity;
  if (!iss || !sub || typeof iss !== 'string' || typeof sub !== 'string')
    throw new BridgeError('wrong-claims', undefined, 'The claim iss or sub is not text.');
  return { iss, acr: 'loa1', sub };
}
