/**
 * What a site could use instead, each with the smallest import that obtains a token.
 *
 * @module
 */

export const contenders = {
  'bare fetch': `window.authoriseChatWithCallback = (callback) =>
    fetch('/live-assist/token').then((answer) => answer.json()).then(
      ({ token }) => callback(token),
      () => callback(null, 'Unable to generate key'),
    );`,
  ky: `export { default } from 'ky';`,
  '@liveblocks/client': `export { createClient } from '@liveblocks/client';`,
  ably: `export { BaseRealtime, FetchRequest } from 'ably/modular';`,
  '@livechat/customer-auth': `export { default } from '@livechat/customer-auth';`,
  'keycloak-js': `export { default } from 'keycloak-js';`,
  'oidc-client-ts': `export { UserManager } from 'oidc-client-ts';`,
  '@auth0/auth0-spa-js': `export { Auth0Client } from '@auth0/auth0-spa-js';`,
  '@azure/msal-browser': `export { PublicClientApplication } from '@azure/msal-browser';`,
};
