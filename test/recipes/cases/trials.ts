/**
 * Guests' requests while `LIVE_ASSIST_TRIAL_CONTACT` is set. The peer is always this machine, as with a proxy on it.
 *
 * @module
 */
import { type Outcome, ok } from './outcome.js';

/** What is asked. Without a host, the endpoint's own address. */
export interface Trial {
  host?: (port: string) => string;
  headers?: Record<string, string>;
  /** @default '1.1' */
  version?: '1.0';
}

const refused: Outcome = {
  status: 401,
  log: /: LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine\. Remove the setting on a public site\./,
};
const from = (page: string): Trial => ({ headers: { Referer: page } });

const direct: [name: string, trial: Trial][] = [
  ['localhost', { host: (port) => `localhost:${port}` }],
  ['LOCALHOST without a port', { host: () => 'LOCALHOST' }],
  ['a name below localhost', { host: (port) => `shop.localhost:${port}` }],
  ['127.0.0.1', { host: (port) => `127.0.0.1:${port}` }],
  ['::1', { host: (port) => `[::1]:${port}` }],
  ['a page of this machine', from('http://localhost:3000/account?of=1,2&sort=name:asc,date:desc')],
  ['a page of this machine with TLS', from('https://127.0.0.1')],
  ['a page of this machine that names its origin', { headers: { Origin: 'http://shop.localhost:3000' } }],
  [
    'headers that only look alike',
    { headers: { 'X-Via': 'a', 'X-Trip': 'b', 'X-Arrow': 'c', Cfx: 'd', 'User-Agent': 'via forwarded' } },
  ],
];

const hosts: [name: string, host: string][] = [
  ['the public name', 'www.example.com'],
  ['a name that begins like localhost', 'localhost.example.com'],
  ['a name that ends like localhost', 'evil-localhost'],
  ['an address that begins like 127.0.0.1', '127.0.0.1.example.com'],
];

const pages: [name: string, trial: Trial][] = [
  ['a page of the public site', from('https://www.example.com/account')],
  ['a page whose host begins like localhost', from('https://localhost.example.com/')],
  ['a page that names localhost in its path', from('https://www.example.com/http://localhost/')],
  ['a page that is no web page', from('file://localhost/etc')],
  ['two pages, the local one first', from('http://localhost/, https://www.example.com/')],
  ['a page of the public site that names its origin', { headers: { Origin: 'https://www.example.com' } }],
  ['a page that hides its origin', { headers: { Origin: 'null' } }],
  [
    'a local page that a foreign one has opened',
    { headers: { Origin: 'https://www.example.com', Referer: 'http://localhost/' } },
  ],
];

/** What proxies add. The handler for Node is tried with the same rows. */
export const proxyHeaders: readonly (readonly [name: string, value: string])[] = [
  ['Forwarded', 'for=203.0.113.7'],
  ['X-Forwarded-For', '203.0.113.7'],
  ['X-Forwarded-For', '127.0.0.1'],
  ['X-Forwarded-Host', 'localhost'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Anything', '1'],
  // What ASP.NET Core's middleware and Azure's gateway leave.
  ['X-Original-For', '127.0.0.1'],
  ['X-Original-Host', 'localhost'],
  ['Via', '1.1 proxy'],
  ['CDN-Loop', 'cloudflare'],
  ['X-Real-IP', '127.0.0.1'],
  ['X-Client-IP', '127.0.0.1'],
  ['Client-IP', '127.0.0.1'],
  ['True-Client-IP', '127.0.0.1'],
  ['CF-Connecting-IP', '127.0.0.1'],
  ['X-Cluster-Client-IP', '127.0.0.1'],
  ['Fastly-Client-IP', '127.0.0.1'],
  ['WL-Proxy-Client-IP', '127.0.0.1'],
  // IIS as a proxy (ARR), also if X-Forwarded-For is switched off there.
  ['X-ARR-SSL', '2048|256|CN=example'],
  ['X-ARR-LOG-ID', '0a1b'],
  ['X-Original-URL', '/live-assist/token'],
  ['X-Rewrite-URL', '/live-assist/token'],
  ['X-Azure-ClientIP', '127.0.0.1'],
  ['X-Envoy-External-Address', '127.0.0.1'],
  ['X-Amzn-Trace-Id', 'Root=1-2-3'],
  ['CF-Ray', '1-LHR'],
  ['X-Remote-Addr', '127.0.0.1'],
  ['X-Proxy-Id', '1'],
  ['Proxy-Connection', 'keep-alive'],
  ['X-Varnish', '1'],
  ['Front-End-Https', 'on'],
];

export const trials: [name: string, trial: Trial, outcome: Outcome][] = [
  ...direct.map(([name, trial]): Row => [name, trial, ok]),
  ...hosts.map(([name, host]): Row => [name, { host: () => host }, refused]),
  ...pages.map(([name, trial]): Row => [name, trial, refused]),
  ...proxyHeaders.map(
    ([name, value]): Row => [
      `a proxy that adds "${name}: ${value}"`,
      { headers: { [name]: value } },
      refused,
    ],
  ),
  ['a proxy that speaks HTTP/1.0', { version: '1.0' }, refused],
];

type Row = (typeof trials)[number];
