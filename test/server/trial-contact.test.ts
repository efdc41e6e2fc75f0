import { trialContact } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { proxyHeaders } from '../recipes/cases/trials.js';

const contactId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

function ask(given: {
  peer?: string | undefined;
  host?: string[];
  headers?: string[];
  httpVersion?: string;
  contactId?: string;
}) {
  const logged: string[] = [];
  const { host = ['localhost:3000'], headers = [] } = given;
  const contact = trialContact({
    contactId: 'contactId' in given ? given.contactId : contactId,
    request: {
      socket: { remoteAddress: 'peer' in given ? given.peer : '127.0.0.1' },
      rawHeaders: [...host.flatMap((value) => ['Host', value]), ...headers],
      httpVersion: given.httpVersion ?? '1.1',
    },
    log: (sentence) => logged.push(sentence),
  });
  return { contact, logged };
}

describe('the trial contact', () => {
  it.each([
    { headers: ['Referer', 'https://shop.example/account'] },
    { headers: ['Origin', 'https://shop.example'] },
    { headers: ['Origin', 'null'] },
    { headers: ['Referer', 'https://localhost.shop.example/'] },
    { headers: ['Referer', 'http://localhost:3000/', 'Origin', 'https://shop.example'] },
  ])('is not given to a request from a page of another site: %o', (given) => {
    expect(ask(given).contact).toBeNull();
    expect(ask(given).logged).toHaveLength(1);
  });

  it.each([
    { peer: '127.0.0.1' },
    { peer: '127.8.9.10' },
    { peer: '::1' },
    { peer: '::ffff:127.0.0.1' },
    { host: ['localhost'] },
    { host: ['shop.localhost:8080'] },
    { host: ['127.0.0.1:3000'] },
    { host: ['[::1]:3000'] },
    { headers: ['Origin', 'http://localhost:3000', 'Referer', 'http://127.0.0.1:3000/?sort=a:asc,b:desc'] },
    { headers: ['Cookie', 'a=b', 'Accept', 'text/html', 'User-Agent', 'via forwarded'] },
    // The values of headers are not names, and neither are names that only contain "host" or "origin".
    { headers: ['X-Note', 'Forwarded', 'X-Note', 'Host', 'X-Note', 'Origin', 'X-Note', ''] },
    { headers: ['Hostname', 'www.shop.example', 'X-Host', 'www.shop.example'] },
    { headers: ['Origin-Trial', 'yes', 'X-Origin', 'https://shop.example'] },
  ])('is given to a request that comes directly from this machine: %o', (given) => {
    expect(ask(given)).toEqual({
      contact: { id: contactId, givenName: 'Trial', familyName: 'Visitor' },
      logged: [],
    });
  });

  it.each([
    { peer: undefined },
    { peer: '' },
    { peer: '192.168.1.20' },
    { peer: '172.17.0.1' },
    { peer: '::ffff:192.168.1.20' },
    { peer: 'fe80::1' },
    { peer: '1127.0.0.1' },
    { host: ['www.example.com'] },
    { host: ['localhost.example.com'] },
    { host: ['evil-localhost'] },
    { host: ['127.0.0.1.example.com'] },
    { host: ['evil@localhost'] },
    { host: ['localhost', 'www.example.com'] },
    { host: ['www.example.com', 'localhost'] },
    { host: [''] },
    { host: [] },
    { httpVersion: '1.0' },
    { headers: ['X-Forwarded-For', '127.0.0.1'] },
    { headers: ['x-forwarded-host', 'localhost'] },
    { headers: ['X-Forwarded-Anything', ''] },
    { headers: ['Forwarded', 'for=127.0.0.1'] },
    { headers: ['Via', '1.1 proxy'] },
    { headers: ['X-Real-IP', '127.0.0.1'] },
    { headers: ['CF-Connecting-IP', '127.0.0.1'] },
    { headers: ['X-Original-For', '127.0.0.1'] },
    { headers: ['CDN-Loop', 'cloudflare'] },
    { headers: ['X-Cluster-Client-IP', '127.0.0.1'] },
    ...proxyHeaders.map((header) => ({ headers: [...header] })),
    { headers: ['Referer', 'http://localhost/, https://shop.example/'] },
  ])('is refused with one log line to any other: %o', (given) => {
    const { contact, logged } = ask(given);
    expect(contact).toBeNull();
    expect(logged).toEqual([
      'Live Assist token: LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. Remove the setting on a public site.',
    ]);
  });

  it('is given in a runtime that does not state the version of HTTP', () => {
    const request = { socket: { remoteAddress: '127.0.0.1' }, rawHeaders: ['Host', 'localhost'] };
    expect(trialContact({ contactId, request })?.id).toBe(contactId);
  });

  it('does not exist without its setting, and nothing is logged', () => {
    expect(ask({ contactId: '', peer: '192.168.1.20' })).toEqual({
      contact: null,
      logged: [],
    });
  });

  it('has to be a GUID', () => {
    expect(() => ask({ contactId: 'ada@example.com' })).toThrow(/LIVE_ASSIST_TRIAL_CONTACT is not a GUID/);
    expect(ask({ contactId: 'ada@example.com', peer: '192.0.2.1' }).contact).toBeNull();
  });
});
