/**
 * What a visitor's browser gets from the token endpoint over HTTP, in every runtime and framework.
 *
 * @module
 */
import assert from 'node:assert/strict';
import { decodeJwt, importSPKI, jwtVerify } from 'jose';
import type { TokenAnswer } from 'live-assist-bridge/server';
import { allowedOrigin, issuer, visitors } from '../support/site.js';

export interface MountedEndpoint {
  /** Address of the token endpoint. */
  url: string;
  /** What an administrator would paste in Live Assist. */
  publicKey: string;
  /** The arguments of `onAnswer` so far. */
  answers(): Promise<TokenAnswer[]>;
}

type Check = (endpoint: MountedEndpoint) => Promise<void>;

const signedIn = { Cookie: 'theme=dark; session=ada' };

const verify = async (token: string, publicKey: string) => {
  const key = await importSPKI(`-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----`, 'RS256');
  return (await jwtVerify(token, key, { issuer, algorithms: ['RS256'] })).payload;
};

const post = (body: string) => ({
  method: 'POST',
  body,
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
});

export const tokenEndpointSuite: Readonly<Record<string, Check>> = {
  async 'answers the visitor of the cookie with a token that verifies'({ url, publicKey }) {
    const response = await fetch(url, { headers: signedIn });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('Content-Type') ?? '', /^application\/json\b/);
    const { token } = await response.json();
    const { sub, given_name, family_name, iat = 0, exp = 0 } = await verify(token, publicKey);
    assert.deepEqual(
      { sub, given_name, family_name, life: exp - iat },
      {
        sub: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
        given_name: 'Ada',
        family_name: 'Lovelace',
        life: 7200,
      },
    );
    assert.ok(Date.parse(response.headers.get('Date') ?? '') / 1000 >= iat);
  },
  async 'sees the authorization, and spells names beyond ASCII'({ url, publicKey }) {
    const response = await fetch(url, { headers: { Authorization: 'Bearer zoe' } });
    const { given_name, family_name } = await verify((await response.json()).token, publicKey);
    assert.deepEqual([given_name, family_name], [visitors.zoe?.givenName, visitors.zoe?.familyName]);
  },
  async 'sees the body of a POST'({ url, publicKey }) {
    const response = await fetch(url, post('session=zoe'));
    assert.equal((await verify((await response.json()).token, publicKey)).sub, visitors.zoe?.id);
  },
  async 'answers who is not signed in, and who has no contact'({ url }) {
    const guest = await fetch(url);
    assert.deepEqual([guest.status, await guest.json()], [401, { error: 'signed-out' }]);
    const stranger = await fetch(url, { headers: { Cookie: 'session=stranger' } });
    assert.deepEqual([stranger.status, await stranger.json()], [403, { error: 'no-contact' }]);
  },
  async 'answers 503 when the site takes too long, so that the bridge tries again'({ url }) {
    const response = await fetch(url, { headers: { Cookie: 'session=slow' } });
    assert.deepEqual([response.status, await response.json()], [503, { error: 'timeout' }]);
    assert.equal(response.headers.get('Retry-After'), '1');
  },
  async 'tells onAnswer of every answer that reaches it'({ url, answers }) {
    const told = (await answers()).length;
    const statuses: number[] = [];
    for (const [method, headers] of [
      ['GET', signedIn],
      ['GET', {}],
      ['GET', { Cookie: 'session=broken' }],
      ['GET', { ...signedIn, Origin: 'https://evil.example' }],
      ['OPTIONS', { Origin: allowedOrigin }],
    ] as [string, Record<string, string>][]) {
      const response = await fetch(url, { method, headers });
      await response.text();
      statuses.push(response.status);
    }
    assert.deepEqual(statuses, [200, 401, 500, 403, 204]);
    const answered = (await answers()).slice(told);
    assert.deepEqual(
      answered.map(({ status }) => status),
      statuses,
    );
    assert.equal(answered[0]?.contactId, visitors.ada?.id.slice(1, -1).toLowerCase());
  },
  async 'notices that a client has left'({ url, answers }) {
    const told = (await answers()).length;
    const client = new AbortController();
    const asking = fetch(url, { headers: { Cookie: 'session=slow' }, signal: client.signal });
    setTimeout(() => client.abort(), 300);
    await assert.rejects(asking);
    let left: TokenAnswer | undefined;
    for (let tries = 0; !left && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      [left] = (await answers()).slice(told);
    }
    assert.deepEqual([left?.status, left?.refusal], [499, 'client-left']);
  },
  async 'answers a failure without details'({ url }) {
    const response = await fetch(url, { headers: { Cookie: 'session=broken' } });
    assert.deepEqual([response.status, await response.json()], [500, { error: 'failed' }]);
  },
  async 'forbids caches to keep its answers'({ url }) {
    for (const headers of [signedIn, {}]) {
      const response = await fetch(url, { headers });
      await response.text();
      assert.equal(response.headers.get('Cache-Control'), 'no-store');
      assert.equal(response.headers.get('X-Content-Type-Options'), 'nosniff');
      assert.match(response.headers.get('Vary') ?? '', /\bCookie, Authorization, Origin\b/);
      assert.equal(response.headers.get('Age'), null);
    }
  },
  async 'answers a page of its own host, and none of another'({ url }) {
    const own = await fetch(url, { headers: { ...signedIn, Origin: new URL(url).origin } });
    assert.equal(own.status, 200);
    await own.text();
    for (const Origin of ['https://evil.example', 'null']) {
      const foreign = await fetch(url, { headers: { ...signedIn, Origin } });
      assert.deepEqual([foreign.status, await foreign.json()], [403, { error: 'foreign-origin' }]);
      assert.equal(foreign.headers.get('Access-Control-Allow-Origin'), null);
    }
  },
  async 'believes the browser’s word on the site'({ url }) {
    for (const [site, status] of Object.entries({
      'same-origin': 200,
      'same-site': 403,
      'cross-site': 403,
    })) {
      const response = await fetch(url, { headers: { ...signedIn, 'Sec-Fetch-Site': site } });
      await response.text();
      assert.equal(response.status, status, site);
    }
  },
  async 'lets a page on an allowed origin read'({ url }) {
    const response = await fetch(url, { headers: { ...signedIn, Origin: allowedOrigin } });
    await response.text();
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), allowedOrigin);
    assert.equal(response.headers.get('Access-Control-Allow-Credentials'), 'true');
    assert.match(
      response.headers.get('Access-Control-Expose-Headers') ?? '',
      /^Date, Age, .*X-Responded-JSON/,
    );
  },
  async 'answers a preflight'({ url }) {
    const response = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        Origin: allowedOrigin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-csrf-token',
      },
    });
    assert.deepEqual([response.status, await response.text()], [204, '']);
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), allowedOrigin);
    assert.equal(response.headers.get('Access-Control-Allow-Headers'), 'x-csrf-token');
    assert.equal(response.headers.get('Access-Control-Allow-Methods'), 'GET, POST');
  },
  async 'answers no other method'({ url }) {
    for (const method of ['HEAD', 'PUT', 'DELETE']) {
      const response = await fetch(url, { method, headers: signedIn });
      await response.text();
      assert.equal(response.status, 405, method);
      assert.equal(response.headers.get('Allow'), 'GET, POST, OPTIONS');
    }
  },
  async 'keeps visitors apart who ask at once'({ url }) {
    const names = Array.from({ length: 40 }, (_, index) => (index % 2 ? 'ada' : 'zoe'));
    const answers = names.map(async (name) => {
      const response = await fetch(url, { headers: { Cookie: `session=${name}` } });
      return decodeJwt((await response.json()).token).given_name;
    });
    assert.deepEqual(
      await Promise.all(answers),
      names.map((name) => visitors[name]?.givenName),
    );
  },
};
