/**
 * Answers the messaging tag with the current visitor's identity.
 *
 * @module
 */
import { createRespond } from '../authorise.js';
import type { BridgeError } from '../errors.js';
import type { Settings } from '../resolve-options.js';
import type { Kept } from '../token-cache.js';
import { putIdentities } from './identities.js';
import { identityOf } from './identity.js';

interface Visitor {
  /**
   * Returns the visitor's token or, with `ofSite`, what the site's own function `identities` returns. @throws
   * BridgeError if the call is refused at once.
   */
  ask(ofSite: boolean): Kept | Promise<Kept | BridgeError>;
  take(offered: Kept | BridgeError): unknown;
}

/** Does nothing without the option `identities`. */
export function startMessaging(
  { identities }: Settings,
  { ask, take }: Visitor,
  report: (error: BridgeError) => void,
) {
  if (!identities) return undefined;
  const respond = createRespond({ ask: () => ask(identities !== true), take }, report, identityOf);
  return putIdentities((callback) => respond('identity', callback, () => callback(null)));
}
