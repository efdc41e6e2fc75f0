/**
 * Says whether a page's Content-Security-Policy allows a script or a request (CSP level 3).
 *
 * @module
 */

/** One policy: its directives with their values, in lower case except for the values. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** Returns the policies in a header's value, or in the content of a `meta` element. */
export function readPolicies(value: string): Policy[] {
  return value
    .split(',')
    .map((policy) => {
      const directives = new Map<string, string[]>();
      for (const directive of policy.split(';')) {
        const [name, ...values] = directive.trim().split(/\s+/);
        // If a directive is given twice, the first one counts.
        if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values);
      }
      return directives;
    })
    .filter((policy) => policy.size > 0);
}

export interface ScriptOfPage {
  url: URL;
  nonce?: string | undefined;
  integrity?: string | undefined;
}

/** Returns the directive that blocks the script, as written, or `undefined` if the policy allows it. */
export function forbidsScript(policy: Policy, script: ScriptOfPage, page: URL): string | undefined {
  if (policy.has('sandbox') && !policy.get('sandbox')?.some((value) => /^allow-scripts$/i.test(value)))
    return 'sandbox';
  const [name, sources] = find(policy, ['script-src-elem', 'script-src', 'default-src']);
  if (!name || !sources) return undefined;
  const has = (source: string) => sources.some((other) => other === source);
  if (script.nonce && has(`'nonce-${script.nonce}'`)) return undefined;
  const hashes = script.integrity?.match(/\bsha(256|384|512)-[\w+/=-]+/g) ?? [];
  if (hashes.length > 0 && hashes.every((hash) => has(`'${hash}'`))) return undefined;
  // With 'strict-dynamic', addresses do not count for scripts that the HTML names.
  const isStrict = sources.some((source) => /^'strict-dynamic'$/i.test(source));
  if (!isStrict && sources.some((source) => matches(source, script.url, page))) return undefined;
  return [name, ...sources].join(' ');
}

/** Returns the directive that blocks requests to the address, or `undefined` if the policy allows them. */
export function forbidsRequest(policy: Policy, url: URL, page: URL): string | undefined {
  const [name, sources] = find(policy, ['connect-src', 'default-src']);
  if (!name || !sources || sources.some((source) => matches(source, url, page))) return undefined;
  return [name, ...sources].join(' ');
}

function find(policy: Policy, names: string[]): [string, readonly string[]] | [] {
  const name = names.find((name) => policy.has(name));
  return name === undefined ? [] : [name, policy.get(name) ?? []];
}

/** CSP section 6.7.2.7, "Does url match expression in origin". */
function matches(source: string, url: URL, page: URL): boolean {
  const lower = source.toLowerCase();
  if (lower === '*') return /^(https?|wss?):$/.test(url.protocol) || url.protocol === page.protocol;
  if (/^[a-z][a-z\d+.-]*:$/.test(lower)) return matchesScheme(lower, url.protocol);
  if (lower === "'self'")
    return (
      url.origin === page.origin ||
      (url.hostname === page.hostname && page.protocol === 'http:' && url.protocol === 'https:')
    );
  const [, scheme, host = '', port, path] =
    /^(?:([a-z][a-z\d+.-]*:)\/\/)?(\*|(?:\*\.)?[\w.-]+|\[[\da-f:]+\])(?::(\d+|\*))?(\/.*)?$/i.exec(source) ??
    [];
  if (!host) return false;
  return (
    matchesScheme(scheme?.toLowerCase() ?? page.protocol, url.protocol) &&
    matchesHost(host.toLowerCase(), url.hostname) &&
    matchesPort(port, url) &&
    matchesPath(path, url.pathname)
  );
}

const matchesScheme = (allowed: string, scheme: string) =>
  allowed === scheme || (allowed === 'http:' && scheme === 'https:');

const matchesHost = (allowed: string, host: string) =>
  allowed === '*' || (allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed);

function matchesPort(allowed: string | undefined, { port, protocol }: URL): boolean {
  if (allowed === '*') return true;
  const byDefault = protocol === 'https:' ? '443' : '80';
  const actual = port || byDefault;
  // An upgrade from http to https also changes the port.
  return (allowed ?? byDefault) === actual || (allowed === '80' && actual === '443');
}

function matchesPath(allowed: string | undefined, path: string): boolean {
  if (!allowed || allowed === '/') return true;
  return allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed;
}
