/**
 * Says whether the environment names a proxy for an address. `fetch` of Node does not use one by itself.
 *
 * @module
 */

/** Returns the name of the variable that names the proxy, or `undefined` if there is none or Node is set to use it. */
export function proxyFor(url: URL, env: Record<string, string | undefined>): string | undefined {
  if (env.NODE_USE_ENV_PROXY === '1') return undefined;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const found = [name, name.toLowerCase()].find((variable) => env[variable]);
  return isExempt(url.hostname, env.NO_PROXY ?? env.no_proxy ?? '') ? undefined : found;
}

/** Whether the host is in the list: `*`, or a domain with its subdomains, also with a dot or `*.` before it. */
function isExempt(hostname: string, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    const domain = entry
      .toLowerCase()
      .replace(/^\*?\./, '')
      .replace(/:\d+$/, '');
    return entry === '*' || (domain !== '' && (hostname === domain || hostname.endsWith(`.${domain}`)));
  });
}
