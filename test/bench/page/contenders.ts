/**
 * What a site could use instead: the smallest import that obtains a token, and a page's script that is ready to use, as at the
 * start of the product's documentation.
 *
 * @module
 */

export interface Contender {
  /** An ES module. */
  smallest: string;
  /**
   * An ES module. If it can ask a server of the site for a token, it sets `contender.ask`, which resolves to one, and
   * `contender.forget`, after which the next token is a new one.
   *
   * @default `smallest`
   */
  page?: string;
  /** Why it cannot. */
  cannot?: string;
}

/** Fetches the token and keeps it until `exp` by the visitor's clock. */
export const specification = `let kept;
  window.authoriseChatWithCallback = (callback) => {
    if (kept && kept.exp > Date.now() / 1000) return callback(kept.token);
    fetch('/token').then((answer) => answer.json()).then(
      ({ token }) => {
        kept = { token, exp: JSON.parse(atob(token.split('.')[1])).exp };
        callback(token);
      },
      () => callback(null, 'Unable to generate key'),
    );
  };`;

/** @param options JavaScript of ky's options */
export const kyByHand = (options = '{}'): string => `import ky from 'ky';
  window.authoriseChatWithCallback = (callback) =>
    ky('/token', ${options}).json().then(
      ({ token }) => callback(token),
      () => callback(null, 'Unable to generate key'),
    );`;

const askByCallback = 'ask: () => new Promise((resolve) => authoriseChatWithCallback(resolve))';

export const ours = `window.contender = { forget: () => liveAssistBridge.bridge.forgetToken(), ${askByCallback} };`;

export const contenders = {
  'the specification’s function': {
    smallest: specification,
    page: `${specification} window.contender = { forget: () => { kept = undefined; }, ${askByCallback} };`,
  },
  'ky by hand': {
    smallest: kyByHand(),
    page: `${kyByHand()} window.contender = { forget() {}, ${askByCallback} };`,
  },
  '@livechat/customer-auth': {
    smallest: `export { default } from '@livechat/customer-auth';`,
    page: `import createAuth from '@livechat/customer-auth';
      export const auth = createAuth({ clientId: 'site', organizationId: 'shop' }, 1);`,
    cannot: "it asks its vendor's server, whose address is fixed",
  },
  // It hands the token to its own socket. A stand-in for the socket receives it.
  '@liveblocks/client': {
    smallest: `export { createClient } from '@liveblocks/client';`,
    page: `import { createClient } from '@liveblocks/client';
      let takers = [];
      class WebSocket {
        constructor(url) {
          for (const take of takers) take(new URL(url).searchParams.get('tok'));
          takers = [];
        }
        addEventListener() {}
        removeEventListener() {}
        close() {}
      }
      const client = createClient({ authEndpoint: '/liveblocks', polyfills: { WebSocket } });
      window.contender = {
        forget: () => client.logout(),
        async ask() {
          const token = new Promise((resolve) => takers.push(resolve));
          const { leave } = client.enterRoom('chat');
          await token;
          leave();
          return token;
        },
      };`,
  },
  ably: {
    smallest: `export { BaseRealtime, FetchRequest } from 'ably/modular';`,
    page: `import { BaseRest, FetchRequest } from 'ably/modular';
      const client = new BaseRest({ authUrl: location.origin + '/ably', plugins: { FetchRequest } });
      window.contender = { forget() {}, ask: async () => (await client.auth.authorize()).token };`,
  },
  // Its first token would need a redirect to the sign-in page. A new one for a refresh token needs one request, as ours does.
  'keycloak-js': {
    smallest: `export { default } from 'keycloak-js';`,
    page: `import Keycloak from 'keycloak-js';
      const keycloak = new Keycloak({ url: location.origin, realm: 'shop', clientId: 'site' });
      window.contender = {
        prepare: (token) => keycloak.init({ token, refreshToken: token, checkLoginIframe: false }),
        forget() { keycloak.tokenParsed.exp = 0; },
        ask: async () => { await keycloak.updateToken(5); return keycloak.token; },
      };`,
  },
  'oidc-client-ts': {
    smallest: `export { UserManager } from 'oidc-client-ts';`,
    page: `import { User, UserManager } from 'oidc-client-ts';
      const { origin } = location;
      const manager = new UserManager({ authority: origin, client_id: 'site', redirect_uri: origin,
        metadata: { issuer: origin, token_endpoint: origin + '/oidc' } });
      window.contender = {
        forget: () => manager.storeUser(new User({ access_token: 'old', refresh_token: 'r', token_type: 'Bearer',
          expires_at: 1, profile: { sub: 'maya' } })),
        async ask() {
          const user = await manager.getUser();
          return (user && !user.expired ? user : await manager.signinSilent()).access_token;
        },
      };`,
  },
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;
