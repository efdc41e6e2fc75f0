/**
 * Plays LivePerson's public account settings and its verifier, as far as they are documented.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { own } from '../../contract/own.js';
import { connectorsPath, verifierHostPath, verifierPath } from '../../diagnosis/account/account-paths.js';
import type { VendorCode } from '../../diagnosis/codes/vendor-codes.js';
import type { Configuration } from '../configuration/configuration.js';
import { RefusedToken, verifyToken } from './verify-token.js';

/** The number of the stand-in's account. */
export const standInAccount = '10203040';

/** The id of its only identity provider. */
const connector = 4711;

export function createAccountRoutes(origin: string, configuration: () => Configuration): Hono {
  const app = new Hono();
  app.get(connectorsPath(standInAccount), (c) => c.json([published(configuration())]));

  app.get(pathOf(verifierHostPath(standInAccount)), (c) =>
    c.json({ service: 'idp', account: standInAccount, baseURI: new URL(origin).host }),
  );

  app.post(pathOf(verifierPath(standInAccount, ':connector')), async (c) => {
    const refuse = (code: VendorCode, status: 400 | 401 | 500) =>
      c.json({ internalErrorCode: Number(code) }, status);
    if (c.req.param('connector') !== String(connector)) return refuse('1024', 400);
    const token = own(await c.req.json().catch(() => undefined), 'id_token');
    if (typeof token !== 'string' || !token) return refuse('9012', 400);
    try {
      await verifyToken(token, configuration());
      return c.json({ token: randomUUID() });
    } catch (error) {
      if (!(error instanceof RefusedToken)) return refuse('9001', 500);
      // Integrators have seen 9007 with 500. For the others no status is documented.
      return refuse(error.code, error.code === '9007' ? 500 : 401);
    }
  });
  return app;
}

/** Returns the published settings. An issuer that was not entered is missing, as on older screens. */
function published({ publicKey, issuer, methodName }: Configuration) {
  return {
    id: connector,
    type: 1,
    name: 'Stand-in',
    deleted: false,
    configuration: {
      jwtValidationType: 'PUBLIC_JWT_KEY',
      jwtPublicKey: publicKey,
      ...(issuer && { issuer, issuerDisplayName: issuer }),
      jsMethodName: methodName,
      jsContext: '',
      authorizationEndpoint: '',
      tokenEndpoint: '',
      clientId: '',
      jwksEndpoint: '',
      rfcCompliance: false,
      preferred: true,
    },
  };
}

/** Removes the query, because routes are matched without it. */
const pathOf = (path: string): string => decodeURIComponent(path.replace(/\?.*/, ''));
