/**
 * Gets access tokens for Dynamics, from a credential or from a function.
 *
 * @module
 */
import type { DataverseOptions } from './dataverse-options.js';

/** Returns an access token, or whatever the site's function or credential returns instead. */
export type AccessTokenSource = (reason: { renew: boolean }) => unknown;

/**
 * @param organisation The organisation's origin, which is also the scope of its tokens.
 * @throws TypeError unless exactly one of `credential` and `accessToken` is given and usable.
 */
export function accessTokenSource(
  { credential, accessToken }: Pick<DataverseOptions, 'credential' | 'accessToken'>,
  organisation: string,
): AccessTokenSource {
  if (credential === undefined) {
    if (typeof accessToken === 'function') return accessToken;
    throw new TypeError(
      accessToken === undefined
        ? 'credential is missing. Give a credential of @azure/identity, or accessToken.'
        : 'accessToken is not a function. Give one that returns an access token as text.',
    );
  }
  if (accessToken !== undefined)
    throw new TypeError('Both credential and accessToken are given. Leave one of them out.');
  if (typeof credential?.getToken !== 'function')
    throw new TypeError(
      'credential has no getToken(scope). Give a credential of @azure/identity, or accessToken.',
    );
  return async () => (await credential.getToken(`${organisation}/.default`))?.token;
}
