/**
 * The site's own function `fetchToken` as the source of tokens.
 *
 * @module
 */
import { now } from '../clock.js';
import { BridgeError } from '../errors.js';
import type { Settings } from '../resolve-options.js';
import type { Source } from './fetch-token.js';

/** Never retried: the site knows its own function. */
export function ownSource(fetchToken: NonNullable<Settings['fetchToken']>): Source {
  return async (signal) => {
    const sent = now();
    const text = await fetchToken(signal as AbortSignal);
    if (text === null)
      throw new BridgeError(
        'signed-out',
        undefined,
        'Nobody is signed in according to fetchToken. If somebody is, return the token.',
      );
    if (typeof text !== 'string')
      throw new BridgeError('not-a-token', undefined, 'fetchToken gave no text. Return the token, or null.');
    return { text, sent, date: Number.NaN };
  };
}
