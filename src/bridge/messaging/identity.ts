/**
 * The identity that messaging uses to target a signed-in visitor.
 *
 * @module
 */
import { readToken } from '../../contract/read-token.js';
import { BridgeError } from '../errors.js';

/** What messaging reads to target a visitor. It identifies the visitor, but does not authenticate. */
export interface Identity {
  /** The token's `iss`, byte for byte. */
  iss: string;
  /** @default 'loa1' */
  acr?: 'loa1' | undefined;
  /** The token's `sub`: the GUID of the visitor's contact. */
  sub: string;
}

/**
 * Returns the identity in a token, or the identity that the site's own function returned.
 *
 * @throws BridgeError `wrong-claims` if `iss` or `sub` is missing or not text.
 */
export function identityOf(given: unknown): Required<Identity> {
  const { iss, sub } = Object(typeof given === 'string' ? readToken(given)?.payload : given) as Identity;
  if (!iss || !sub || typeof iss !== 'string' || typeof sub !== 'string')
    throw new BridgeError('wrong-claims', undefined, 'The claim iss or sub is not text.');
  return { iss, acr: 'loa1', sub };
}
