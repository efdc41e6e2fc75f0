/**
 * Converts the address that an administrator knows to the address of Dataverse's Web API.
 *
 * @module
 */
import { isLocalHost } from '../../contract/origins.js';

/**
 * Returns the base address of the Web API of the organisation at `address`, with a slash at the end.
 *
 * Accepts the organisation's address with or without a slash, and the Web API's own address. A version in the address
 * is kept; the default is v9.2. A path before it is kept, too, because organisations on premises have one.
 *
 * @throws TypeError for any other address. It must be https, except for localhost, because access tokens are sent to
 * it.
 */
export function webApiUrl(address: string | URL | undefined): string {
  if (!address)
    throw new TypeError(
      'url is missing. Is the environment variable that holds it set? Write it like https://contoso.crm4.dynamics.com.',
    );
  const url = URL.canParse(String(address)) ? new URL(address) : undefined;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocalHost(url.hostname));
  if (!url || !safe || url.search || url.hash || url.username || url.password)
    throw new TypeError(
      'url is not the address of a Dynamics organisation. Write it like https://contoso.crm4.dynamics.com, with https and nothing after it.',
    );
  const root = url.pathname.replace(/\/+$/, '');
  const [, path = root, version = 'v9.2'] = /^(.*)\/api\/data(?:\/(v\d+\.\d+))?$/.exec(root) ?? [];
  return `${url.origin}${path}/api/data/${version}/`;
}
