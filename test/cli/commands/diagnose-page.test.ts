import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { optionNames } from '../../../src/bridge/resolve-options.js';
import { tagAttributes } from '../../../src/diagnosis/page/tag-attributes.js';
import { commandLine, file } from '../command-line.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** As the build writes its first line. */
const bridge = `/*! live-assist-bridge ${packageJson.version} | MIT | see LICENSES.txt */(function(){})();\n`;
const integrity = `sha384-${createHash('sha384').update(bridge).digest('base64')}`;

const tag = (attributes = '') =>
  `<script src="/js/bridge.js" data-token-endpoint="/live-assist/token" ${attributes} defer></script>`;
const vendor = `<script>window.lpTag=window.lpTag||{};lpTag.site='12345678';lpTag._tagCount=1;</script>`;
const html = (head: string) =>
  `<!doctype html><html><head><title>Shop</title>${head}</head><body></body></html>`;

interface Answer {
  status?: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

interface Site {
  page?: Answer;
  files?: Record<string, Answer>;
}

/** A site with a page and files, which records the requests. */
async function serve({ page = {}, files = {} }: Site) {
  const seen: IncomingMessage[] = [];
  const all: Record<string, Answer> = {
    '/js/bridge.js': { body: bridge, headers: { 'Content-Type': 'text/javascript' } },
    '/': { ...page, headers: { 'Content-Type': 'text/html; charset=utf-8', ...page.headers } },
    ...files,
  };
  const server = createServer((request, response) => {
    seen.push(request);
    const {
      status = 200,
      headers = {},
      body = '',
    } = all[request.url?.split('?')[0] ?? ''] ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, seen };
}

async function examine(url: string, ...more: string[]) {
  const { out, err, code } = await commandLine(['diagnose', '--page', url, '--json', ...more]);
  const findings: { level: string; code: string; message: string }[] = err ? [] : JSON.parse(out);
  const faults = findings.filter(({ level }) => level !== 'note').map((found) => found.code);
  return { findings, faults, err, code };
}

/** Codes of the errors and warnings about a page with that head. */
async function faultsOf(head: string, headers: Answer['headers'] = {}, files: Site['files'] = {}) {
  const { url } = await serve({ page: { body: html(head), headers }, files });
  return (await examine(url)).faults;
}

describe('diagnose --page', () => {
  it('gives up after ten seconds for the page and its files together', async () => {
    const budget = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(budget.signal);
    const server = createServer((request, response) => {
      if (request.url === '/') response.setHeader('Content-Type', 'text/html').end(html(tag() + vendor));
      // The file never comes.
      else budget.abort(new DOMException('', 'TimeoutError'));
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const { findings } = await examine(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(timeout.mock.calls).toEqual([[10_000]]);
    timeout.mockRestore();
    expect(findings[0]).toMatchObject({
      code: 'tag-file-unreachable',
      message: expect.stringContaining('within 10 seconds'),
    });
  });

  it('says that the page does not come within ten seconds', async () => {
    const { url } = await serve({});
    const timeout = vi
      .spyOn(AbortSignal, 'timeout')
      .mockReturnValue(AbortSignal.abort(new DOMException('', 'TimeoutError')));
    const { findings } = await examine(url);
    timeout.mockRestore();
    expect(findings).toMatchObject([{ code: 'page-silent', message: expect.stringContaining('10 seconds') }]);
  });

  it('remarks that the page uses another account than the one given', async () => {
    const { url } = await serve({
      page: { body: html(tag() + vendor), headers: { 'Cache-Control': 'no-store' } },
    });
    const settings = await serve({ page: { body: '[]', headers: { 'Content-Type': 'application/json' } } });
    const compare = (account: string) =>
      examine(url, '--account', account, '--account-url', `${settings.url}?`);
    const { findings } = await compare('87654321');
    expect(findings.find(({ code }) => code === 'page-other-account')).toMatchObject({
      level: 'warning',
      message: expect.stringMatching(/account 12345678, and 87654321 was given/),
    });
    expect((await compare('12345678')).findings.map(({ code }) => code)).not.toContain('page-other-account');
  });

  it('finds nothing wrong with the documented tag, and says what static HTML cannot show', async () => {
    const { url } = await serve({ page: { body: html(`${tag(`integrity="${integrity}"`)}${vendor}`) } });
    const { findings, code } = await examine(url);
    expect(code).toBe(0);
    expect(findings.map((found) => found.code)).toEqual([
      'tag-file-fine',
      'page-tag',
      'page-account',
      'page-static',
    ]);
    expect(findings[0]?.message).toContain(`${packageJson.version}, and matches its integrity`);
    expect(findings[1]?.message).toContain(`diagnose ${url}live-assist/token`);
    expect(findings[2]?.message).toContain('12345678');
    expect(findings[3]?.message).toMatch(/Static HTML does not show/);
  });

  it('names a misspelt data-token-endpoint', async () => {
    const { url } = await serve({ page: { body: html(tag().replace('token-endpoint', 'token-endpiont')) } });
    expect((await examine(url)).findings[0]).toMatchObject({
      code: 'tag-attribute-missing',
      message: expect.stringContaining('has "data-token-endpiont" instead of data-token-endpoint'),
    });
  });

  it.each<[name: string, faults: string[], head: string, headers?: Answer['headers'], files?: Site['files']]>(
    [
      ['no tag', ['tag-missing'], vendor],
      [
        "another vendor's tag",
        ['tag-missing'],
        '<script src="/a.js" data-token="1" data-endpoint="/a"></script>',
      ],
      [
        'a tag without its attributes',
        ['tag-attribute-missing'],
        '<script src="/live-assist-bridge.umd.js"></script>',
      ],
      ['a tag in a comment', ['tag-inert'], `<!-- ${tag()} -->`],
      ['a tag in a template', ['tag-inert'], `<template>${tag()}</template>`],
      ['a tag in noscript', ['tag-inert'], `<noscript>${tag()}</noscript>`],
      [
        'a tag as text of another script',
        ['tag-missing'],
        `<script>document.x = '${tag().replace('</', '<\\/')}'</script>`,
      ],
      [
        'a tag that a tag manager may add',
        ['tag-not-seen'],
        '<script src="https://www.googletagmanager.com/gtm.js?id=GTM-X"></script>',
      ],
      ['the tag twice', ['tag-twice'], tag() + tag()],
      [
        'two tags for two visitors',
        ['tags-contradict', 'page-cache-unsaid'],
        tag('data-visitor="a"') + tag('data-visitor="b"'),
      ],
      ['the tag after the vendor’s script', ['tag-after-engagement'], vendor + tag()],
      ['nomodule', ['tag-nomodule'], tag('nomodule')],
      ['a tag that waits for consent', ['tag-waits'], tag('type="text/plain"')],
      ['no src', ['tag-without-file'], '<script data-token-endpoint="/t"></script>'],
      ['an empty endpoint', ['tag-address'], '<script src="/js/bridge.js" data-token-endpoint></script>'],
      ['a misspelt attribute', ['tag-attribute'], tag('data-visitor-id="7"')],
      ['another misspelt attribute', ['tag-attribute'], tag('data-token-feild="jwt"')],
      ['a wrong value', ['tag-attribute-value'], tag('data-http-method="put"')],
      ['no file', ['tag-file-missing'], tag().replace('bridge.js', 'gone.js')],
      ['a page in place of the file', ['tag-file-html'], tag(), {}, { '/js/bridge.js': { body: html('') } }],
      [
        'a type that browsers block',
        ['tag-file-type'],
        tag(),
        {},
        {
          '/js/bridge.js': {
            body: bridge,
            headers: { 'Content-Type': 'text/plain', 'X-Content-Type-Options': 'nosniff' },
          },
        },
      ],
      [
        'a file that was cut',
        ['tag-file-broken'],
        tag(),
        {},
        { '/js/bridge.js': { body: bridge.slice(0, -9) } },
      ],
      [
        'the module in place of the file',
        ['tag-file-module'],
        tag(),
        {},
        { '/js/bridge.js': { body: "export * from './bridge.js';" } },
      ],
      ['another script', ['tag-file-other'], tag(), {}, { '/js/bridge.js': { body: 'window.x = 1;' } }],
      [
        'a build with a known fault',
        ['tag-file-outdated'],
        tag(),
        {},
        { '/js/bridge.js': { body: bridge.replace('MIT |', 'MIT | includes ky (MIT, Sindre Sorhus) |') } },
      ],
      [
        'a file longer than 2 MB',
        ['tag-file-not-loaded'],
        tag(),
        {},
        { '/js/bridge.js': { body: Buffer.alloc(2_000_001, ' ') } },
      ],
      ['another integrity', ['tag-integrity'], tag(`integrity="sha256-${'A'.repeat(43)}="`)],
      ['an integrity that is none', ['tag-integrity-malformed'], tag('integrity="md5-abc"')],
      [
        'a policy without the file',
        ['csp-script'],
        tag(),
        { 'Content-Security-Policy': "script-src 'nonce-x'" },
      ],
      [
        'a policy without the endpoint',
        ['csp-endpoint'],
        tag(),
        { 'Content-Security-Policy': "default-src 'none'; script-src 'self'" },
      ],
      [
        'two policies, one of which forbids',
        ['csp-script'],
        `<meta http-equiv="Content-Security-Policy" content="script-src https://cdn.example">${tag()}`,
        { 'Content-Security-Policy': "script-src 'self'" },
      ],
      [
        'a preload',
        ['endpoint-preloaded'],
        `<link rel="preload" as="fetch" href="/live-assist/token" crossorigin>${tag()}`,
      ],
      [
        'a Link header',
        ['endpoint-preloaded'],
        tag(),
        { Link: '</live-assist/token>; rel=preload; as=fetch' },
      ],
      [
        'another function of that name',
        ['method-defined-elsewhere'],
        `${tag()}<script>function authoriseChatWithCallback(c) {}</script>`,
      ],
      [
        'a public page with a visitor',
        ['page-shared'],
        tag('data-visitor="7"'),
        { 'Cache-Control': 'public, max-age=60' },
      ],
      [
        'a cached page with a visitor',
        ['page-from-cache'],
        tag('data-visitor="7"'),
        { 'Cache-Control': 'private', 'X-Cache': 'HIT' },
      ],
      ['a page with a visitor that says nothing', ['page-cache-unsaid'], tag('data-visitor="7"')],
    ],
  )('names %s', async (_, faults, head, headers, files) => {
    expect(await faultsOf(head, headers, files)).toEqual(faults);
  });

  it.each<[name: string, head: string, headers?: Answer['headers']]>([
    ['a nonce', tag('nonce="x"'), { 'Content-Security-Policy': "script-src 'nonce-x' 'strict-dynamic'" }],
    ['a hash', tag(`integrity="${integrity}"`), { 'Content-Security-Policy': `script-src '${integrity}'` }],
    ['a path', tag(), { 'Content-Security-Policy': 'script-src http://127.0.0.1:*/js/; connect-src *' }],
    ['a policy that only reports', tag(), { 'Content-Security-Policy-Report-Only': "default-src 'none'" }],
    ['a private page', tag('data-visitor="7"'), { 'Cache-Control': 'private, max-age=60' }],
    [
      'a page to be checked at every use',
      tag('data-visitor="7"'),
      { 'Cache-Control': 'no-cache, max-age=60' },
    ],
    ['a page with Pragma: no-cache', tag('data-visitor="7"'), { Pragma: 'no-cache' }],
    ['a public page without a visitor', tag(), { 'Cache-Control': 'public' }],
    ['two methods', tag() + tag('data-method-name="auth.getToken"')],
    [
      'the documented stub',
      `<script>window.authoriseChatWithCallback = function (c) { (window.authoriseChatWithCallback.q ||= []).push(c) };</script>${tag()}`,
    ],
    ['attributes of other tools', tag('data-cfasync="false" data-turbo-track="reload"')],
    [
      'a base',
      `<base href="/js/"><script src="bridge.js" data-token-endpoint="../live-assist/token"></script>`,
    ],
    ['references in attributes', tag().replace('/js/bridge.js', '&#47;js/bridge.js?a=1&amp;b=2')],
  ])('accepts %s', async (_, head, headers) => {
    expect(await faultsOf(head, headers)).toEqual([]);
  });

  it('finds the bridge in another script of the page', async () => {
    const { url } = await serve({
      page: { body: html('<script src="/main.js"></script>') },
      files: { '/main.js': { body: 'console.warn("live-assist-bridge: ...")' } },
    });
    const { findings, faults } = await examine(url);
    expect(faults).toEqual([]);
    expect(findings.map(({ code }) => code)).toContain('page-bridge-in-script');
  });

  it('sends the given headers only to the origin of the page, also after a redirect', async () => {
    const other = await serve({});
    const files = { '/js/bridge.js': { status: 302, headers: { Location: `${other.url}js/bridge.js` } } };
    const { url, seen } = await serve({ page: { body: html(tag('data-visitor=""')) }, files });
    const { faults } = await examine(url, '--header', `@${file('Cookie: session=secret')}`);
    expect(seen.map(({ headers }) => headers.cookie)).toEqual(['session=secret', 'session=secret']);
    expect(other.seen.map(({ headers }) => headers.cookie)).toEqual([undefined]);
    // The cookie was sent, and the page says that nobody is signed in.
    expect(faults).toContain('page-visitor-empty');
  });

  it('checks CORS and crossorigin of a file on another origin', async () => {
    const other = await serve({});
    const { url } = await serve({
      page: { body: html(tag(`integrity="${integrity}"`).replace('/js/', `${other.url}js/`)) },
    });
    expect((await examine(url)).faults).toEqual(['tag-integrity-crossorigin']);
    const crossorigin = await serve({
      page: { body: html(tag('crossorigin').replace('/js/', `${other.url}js/`)) },
    });
    expect((await examine(crossorigin.url)).faults).toEqual(['tag-file-cors']);
  });

  it.each<[name: string, code: string, page: Answer]>([
    [
      'redirects to a sign-in page',
      'page-is-sign-in',
      { status: 302, headers: { Location: '/login?next=%2F' } },
    ],
    ['redirects to itself', 'page-redirects', { status: 302, headers: { Location: '/' } }],
    ['answers 403', 'page-status', { status: 403 }],
    ['is JSON', 'page-not-html', { headers: { 'Content-Type': 'application/json' }, body: '{}' }],
    ['is longer than 2 MB', 'page-too-long', { body: Buffer.alloc(2_000_001, ' ') }],
  ])('says in one finding if the page %s', async (_, code, page) => {
    const { url } = await serve({
      page,
      files: { '/login': { body: '<form>', headers: { 'Content-Type': 'text/html' } } },
    });
    expect((await examine(url)).findings.map((found) => found.code)).toEqual([code]);
  });

  it('loads at most 20 files', async () => {
    const scripts = Array.from({ length: 30 }, (_, index) => `<script src="/s${index}.js"></script>`).join(
      '',
    );
    const { url, seen } = await serve({ page: { body: html(scripts) } });
    await examine(url);
    expect(seen).toHaveLength(21);
  });

  it('survives malformed HTML', async () => {
    for (const body of [
      '<',
      '<script',
      '<!--',
      '<script src=',
      '<a b=c',
      `${'<'.repeat(100_000)}`,
      '<script>'.repeat(20_000),
    ]) {
      const { url } = await serve({ page: { body } });
      expect((await examine(url)).faults).toEqual(['tag-missing']);
    }
  });

  it('says in one sentence which options cannot be combined', async () => {
    const one = async (...args: string[]) => {
      const { code, err } = await commandLine(['diagnose', ...args]);
      expect(code).toBe(2);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
      return err;
    };
    expect(await one('--page', 'www.example.com')).toMatch(/not the address of a page. Write it with https:/);
    expect(await one('https://x.example/', '--page', 'https://x.example/')).toMatch(/Give one of them/);
    expect(await one('--page', 'https://x.example/', '--issuer', 'x')).toMatch(
      /--issuer does not go with --page/,
    );
    expect(await one()).toMatch(/is missing/);
  });

  it('is named by the finding about an HTML page in place of a token', async () => {
    const { url } = await serve({ page: { body: html(tag()) } });
    const { out } = await commandLine(['diagnose', url, '--json']);
    const found = JSON.parse(out).find(({ code }: { code: string }) => code === 'html-page');
    expect(found.message).toMatch(/the bridge's tag.*--page URL/);
  });

  it('knows every attribute of the bridge', () => {
    const dashed = (name: string) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const functions = ['fetchToken', 'headers', 'onError'];
    const names = optionNames.filter((name) => !functions.includes(name)).map(dashed);
    expect(Object.keys(tagAttributes)).toEqual(expect.arrayContaining(names));
  });
});
