/**
 * Compares what is configured for an identity provider with what the site needs, value by value.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { issuerComparison, issuerDifference } from '../token/issuer.js';
import { compareKey, type ExpectedKey } from './compare-key.js';
import type { Connector } from './connector.js';
import { plainMethod } from './select-connector.js';

export interface ExpectedSettings extends ExpectedKey {
  issuer?: string | undefined;
  methodName: string;
}

/** Yields nothing for a value that is as expected or not published. */
export async function* compareConnector(
  { type, deleted, fields }: Connector,
  expected: ExpectedSettings,
): AsyncGenerator<Finding> {
  if (deleted) yield finding('account-deleted');
  if (type !== undefined && type !== 1)
    yield finding('account-type', type === 2 ? 'code flow' : `type ${type}`);
  yield* validation(fields);
  const usesKey = !isByJwks(fields);
  if (fields.jwtPublicKey !== undefined && usesKey) yield* compareKey(fields.jwtPublicKey, expected);
  yield* issuer(fields.issuer, expected.issuer);
  yield* method(fields.jsMethodName, expected.methodName);
  const context = fields.jsContext?.trim() ?? '';
  if (context && context !== 'window') yield finding('account-context', quote(context));
  const endpoint = fields.authorizationEndpoint?.trim() ?? '';
  if (endpoint && !isOfPortal(endpoint, expected.methodName))
    yield finding('account-endpoint', quote(endpoint));
}

/** Whether keys are fetched from a JWKS address. If the type is not published, an address without a key means so. */
export function isByJwks({ jwtValidationType, jwtPublicKey, jwksEndpoint }: Connector['fields']): boolean {
  if (jwtValidationType !== undefined) return /jwks/i.test(jwtValidationType);
  return Boolean(jwksEndpoint?.trim()) && !jwtPublicKey?.trim();
}

function* validation(fields: Connector['fields']): Generator<Finding> {
  const { jwtValidationType, jwksEndpoint } = fields;
  if (isByJwks(fields))
    yield finding('account-jwks', jwksEndpoint ? `the address ${quote(jwksEndpoint)}` : 'a JWKS address');
  else if (jwtValidationType !== undefined && jwtValidationType !== 'PUBLIC_JWT_KEY')
    yield finding('account-validation', quote(jwtValidationType));
}

function* issuer(configured: string | undefined, expected: string | undefined): Generator<Finding> {
  if (configured === undefined || expected === undefined) return;
  if (configured === expected) yield finding('account-issuer-fits');
  else if (!configured.trim()) yield finding('account-issuer-blank', quote(expected));
  else
    yield finding(
      'account-issuer',
      issuerComparison(expected, configured),
      issuerDifference(expected, configured),
    );
}

function* method(configured: string | undefined, expected: string): Generator<Finding> {
  if (configured === undefined || plainMethod(configured) === plainMethod(expected)) return;
  if (!configured.trim()) yield finding('account-method-blank', quote(expected));
  else yield finding('account-method', quote(configured), quote(expected));
}

/** For Microsoft's portals, the vendor's articles say to enter the portal's own address. */
const isOfPortal = (endpoint: string, methodName: string): boolean =>
  plainMethod(methodName) === 'auth.getAuthenticationToken' &&
  /^https:\/\/[^/]+\/_services\/auth\/(token|authorize)\/?$/.test(endpoint);
