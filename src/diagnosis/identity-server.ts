/**
 * Recognises tokens of identity servers, which sites hand over in place of their own.
 *
 * @module
 */

const servers: readonly [name: string, issuer: RegExp][] = [
  [
    'Microsoft Entra ID',
    /^https:\/\/(sts\.windows\.net|login\.microsoftonline\.(com|us)|[\w-]+\.(b2clogin|ciamlogin)\.com)\//,
  ],
  ['Auth0', /^https:\/\/[\w.-]+\.auth0\.com\//],
  ['Okta', /^https:\/\/[\w-]+\.okta(preview|-emea)?\.com(\/|$)/],
  ['Amazon Cognito', /^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com\//],
  ['Google', /^(https:\/\/)?accounts\.google\.com$/],
  ['Firebase', /^https:\/\/securetoken\.google\.com\//],
  ['Apple', /^https:\/\/appleid\.apple\.com$/],
];

/** Returns the server and the kind of its token, or `undefined` for any other issuer. */
export function identityServer(payload: Record<string, unknown>): { name: string; kind: string } | undefined {
  const { iss } = payload;
  const [name] = servers.find(([, issuer]) => typeof iss === 'string' && issuer.test(iss)) ?? [];
  if (!name) return undefined;
  const isAccess = ['scp', 'scope', 'appid', 'roles', 'client_id'].some((claim) => claim in payload);
  const isIdentity = ['nonce', 'at_hash', 'tfp', 'oid', 'auth_time'].some((claim) => claim in payload);
  const isOld = typeof iss === 'string' && iss.startsWith('https://sts.');
  if (isAccess || isOld) return { name, kind: 'an access token' };
  return { name, kind: isIdentity ? 'an identity token' : 'a token' };
}
