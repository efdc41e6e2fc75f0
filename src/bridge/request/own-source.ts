/**
 * Uses the site's own function, `fetchToken` or `identities`, as the source of tokens or identities.
 *
 * @module
 */
import { now } from '../clock.js';
import { BridgeError } from '../errors.js';
import type { Source } from './fetch-token.js';

/** Never retried: only the site knows whether its function may be called again. */
export function ownSource(name: string, ask: (signal: AbortSignal) => unknown): Source {
  return async (signal) => {
    const sent = now();
    const text = await ask(signal as AbortSignal);
    if (text === null)
      throw new BridgeError(
        'signed-out',
        undefined,
        `Nobody is signed in according to ${name}. If somebody is, do not return null.`,
      );
    if (name === 'fetchToken' && typeof text !== 'string')
      throw new BridgeError(
        'not-a-token',
        undefined,
        'fetchToken returned no text. Return the token, or null.',
      );
    return { text, sent, date: Number.NaN };
  };
}
