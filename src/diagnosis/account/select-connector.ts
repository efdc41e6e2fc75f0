/**
 * Selects the identity provider that the site's tokens are meant for.
 *
 * @module
 */
import { isIssuerSlip } from '../token/issuer.js';
import { type ExpectedKey, isKeyOfSite } from './compare-key.js';
import type { Connector } from './connector.js';

export interface Selection {
  connector: Connector;
  by: 'issuer' | 'similar issuer' | 'method name' | 'only';
}

export interface Wanted extends ExpectedKey {
  issuer?: string | undefined;
  methodName: string;
}

/**
 * Selects by issuer, otherwise by method name, and prefers existing providers to deleted ones. Returns `undefined` if
 * none fits, or if several fit equally well.
 */
export async function selectConnector(
  connectors: Connector[],
  wanted: Wanted,
): Promise<Selection | undefined> {
  const { issuer } = wanted;
  const live = connectors.filter(({ deleted }) => !deleted);
  const hasIssuer = ({ fields }: Connector) => issuer !== undefined && fields.issuer === issuer;
  const hasMethod = (connector: Connector) => callsMethod(connector, wanted.methodName);
  const byIssuer = live.filter(hasIssuer);
  if (byIssuer.length > 0) return selection(await firstChoice(byIssuer, wanted), 'issuer');
  const byMethod = live.filter(hasMethod);
  const deleted = connectors.filter(hasIssuer);
  if (deleted.length > 0) {
    // The deleted provider may have been created again with a slip in the issuer; otherwise the others belong to other
    // sites.
    const isAgain = ({ fields }: Connector) =>
      issuer !== undefined && fields.issuer !== undefined && isIssuerSlip(issuer, fields.issuer);
    const again = only(byMethod.filter(isAgain)) ?? only(live.filter(isAgain));
    if (again) return { connector: again, by: 'similar issuer' };
    return selection(deleted.find(hasMethod) ?? deleted[0], 'issuer');
  }
  if (byMethod.length > 0) {
    const isOneIssuer = new Set(byMethod.map(({ fields }) => fields.issuer)).size === 1;
    const connector = only(byMethod) ?? (isOneIssuer ? await firstChoice(byMethod, wanted) : undefined);
    return selection(connector, 'method name');
  }
  const last = only(live) ?? only(connectors);
  if (last && (last.fields.issuer === undefined || last.fields.jsMethodName === undefined))
    return { connector: last, by: 'only' };
  return selection(only(connectors.filter(hasMethod)), 'method name');
}

const selection = (connector: Connector | undefined, by: Selection['by']): Selection | undefined =>
  connector && { connector, by };

/** Chooses among providers with the same issuer: by the method, then by the site's key, then by the right type. */
async function firstChoice(connectors: Connector[], wanted: Wanted): Promise<Connector | undefined> {
  const withMethod = connectors.filter((connector) => callsMethod(connector, wanted.methodName));
  const left = withMethod.length > 0 ? withMethod : connectors;
  if (left.length === 1) return left[0];
  const fits = await Promise.all(left.map(({ fields }) => isKeyOfSite(fields.jwtPublicKey ?? '', wanted)));
  const withKey = left.filter((_, index) => fits[index]);
  const rest = withKey.length > 0 ? withKey : left;
  return only(rest) ?? only(rest.filter(({ type }) => type === 1));
}

const only = (connectors: Connector[]): Connector | undefined =>
  connectors.length === 1 ? connectors[0] : undefined;

/** Whether the identity provider calls that method on the page. */
export const callsMethod = ({ fields }: Connector, methodName: string): boolean =>
  plainMethod(fields.jsMethodName ?? '') === plainMethod(methodName);

/** Every global name is also a property of `window`. */
export const plainMethod = (name: string): string => name.replace(/^window\./, '');
