/**
 * Requests to the endpoint: pages of the site and of other sites, methods and paths.
 *
 * @module
 */
type Requested = (own: string) => [name: string, value: string][];

/** Headers of pages that must never get a token. `own` is the endpoint's host. */
export const foreign: [name: string, headers: Requested][] = [
  [
    'a page of another site',
    () => [
      ['Sec-Fetch-Site', 'cross-site'],
      ['Origin', 'https://evil.example'],
    ],
  ],
  ['a page of another site that hides its origin', () => [['Sec-Fetch-Site', 'cross-site']]],
  ['a page of a sister host', () => [['Sec-Fetch-Site', 'same-site']]],
  ['an older browser on another site', () => [['Origin', 'https://evil.example']]],
  ['an older browser in a sandboxed frame', () => [['Origin', 'null']]],
  ['an older browser on a host whose name begins alike', (own) => [['Origin', `http://${own}.evil.example`]]],
  ['an older browser on another port', () => [['Origin', 'http://127.0.0.1:1']]],
  [
    'two Origin headers, the own one first',
    (own) => [
      ['Origin', `http://${own}`],
      ['Origin', 'https://evil.example'],
    ],
  ],
  [
    'two Origin headers, the own one last',
    (own) => [
      ['Origin', 'https://evil.example'],
      ['Origin', `http://${own}`],
    ],
  ],
];

export const own: [name: string, headers: Requested][] = [
  ['a page of the site', () => [['Sec-Fetch-Site', 'same-origin']]],
  ['an address typed by the visitor', () => [['Sec-Fetch-Site', 'none']]],
  ['an older browser on the site', (own) => [['Origin', `http://${own}`]]],
  ['an older browser, with TLS ending at a proxy', (own) => [['Origin', `https://${own}`]]],
  ['a phone or a server, which sends neither header', () => []],
];

export const otherMethods = ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND'];

/** Other spellings of the endpoint's path. Many servers decode and tidy a path before they route it. */
export const otherWritings: [name: string, of: (path: string) => string][] = [
  [
    'with an encoded letter',
    (path) => path.replace(/.$/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  ],
  ['with an encoded slash', (path) => `/.%2f${path.slice(1)}`],
  ['below a folder, left with an encoded slash', (path) => `/static/..%2f${path.slice(1)}`],
  ['below a folder, left with encoded dots', (path) => `/static/%2e%2e${path}`],
  ['below a folder, left with a backslash', (path) => `/static/..%5c${path.slice(1)}`],
  ['below a folder, left', (path) => `/static/..${path}`],
  ['with two slashes in front', (path) => `/${path}`],
  ['below a folder that looks like a host', (path) => `//static${path}`],
  ['with two slashes within', (path) => path.replace(/\/(?=[^/]*$)/, '//')],
  ['with a folder that is itself', (path) => `/.${path}`],
];

/** What is added to the endpoint's path. A CDN that caches by extension would keep such an answer. */
export const otherPaths = ['/', '/a.css', '/x/y.js', '%2Fa.css', '%3Fa.css', '.css', ';a.css', '/.%2e/a.css'];

type Target = (path: string, host: string) => string;

/** Targets in absolute form (RFC 9112, 3.2.2), which every server must accept. A host precedes the exact path. */
export const absoluteForms: [name: string, of: Target][] = [
  ['after the host', (path, host) => `http://${host}${path}`],
  ['after the host, with an uppercase scheme', (path, host) => `HTTP://${host}${path}`],
  ['after the host, with TLS ending at a proxy', (path, host) => `https://${host}${path}`],
  [
    'after the host, with a query',
    (path, host) => `http://${host}${path}${path.includes('?') ? '&' : '?'}_=http://a/b`,
  ],
];

/** Targets that only resemble the absolute form, which has a host and nothing else between scheme and path. */
export const otherTargets: [name: string, of: Target][] = [
  ['without a path', (_, host) => `http://${host}`],
  ['with the path in the query', (path, host) => `http://${host}?${path}`],
  ['with two slashes after the host', (path, host) => `http://${host}/${path}`],
  ['without a host', (path) => `http://${path}`],
  ['with a host that is itself a path', (path) => `http:/${path}`],
  ['with a scheme alone', (path) => `http:${path}`],
  ['after a user', (path, host) => `http://ada@${host}${path}`],
  ['after a user and a password', (path, host) => `http://ada:secret@${host}${path}`],
  ['after a user with a backslash', (path, host) => `http://${host}\\@evil.example${path}`],
  ['after another scheme', (path, host) => `ftp://${host}${path}`],
  ['after two hosts', (path, host) => `http://${host}/http://${host}${path}`],
  ['after a host that begins with a slash', (path, host) => `/http://${host}${path}`],
  ['after an encoded host', (path, host) => `http%3A%2F%2F${host}${path}`],
  ['after a host with an encoded slash', (path, host) => `http://${host}%2f${path.slice(1)}`],
  ['after a host and a folder', (path, host) => `http://${host}/static${path}`],
  ['after a host and a space', (path, host) => `http://${host}%20${path}`],
  ['without its first slash', (path) => path.slice(1)],
  ['before a fragment', (path) => `${path}#a.css`],
  ['after the host and before a fragment', (path, host) => `http://${host}${path}#a.css`],
];
