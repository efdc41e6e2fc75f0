/**
 * Selects the identity provider that the site's tokens are meant for.
 *
 * @module
 */
import type { Connector } from './connector.js';

export interface Selection {
  connector: Connector;
  by: 'issuer' | 'method name';
}

/** By issuer, otherwise by method name. `undefined` if neither fits, or if several providers fit equally well. */
export function selectConnector(
  connectors: Connector[],
  { issuer, methodName }: { issuer?: string | undefined; methodName: string },
): Selection | undefined {
  const hasMethod = (connector: Connector) => callsMethod(connector, methodName);
  const byIssuer = connectors.filter(({ fields }) => issuer !== undefined && fields.issuer === issuer);
  if (byIssuer.length > 0) {
    const connector = firstChoice(byIssuer, hasMethod);
    return connector && { connector, by: 'issuer' };
  }
  const byMethod = connectors.filter(hasMethod);
  const connector = byMethod.length === 1 ? byMethod[0] : only(byMethod.filter(({ deleted }) => !deleted));
  return connector && { connector, by: 'method name' };
}

/** Of several with the same issuer: one that exists, has the method and is preferred by its type. */
function firstChoice(
  connectors: Connector[],
  hasMethod: (connector: Connector) => boolean,
): Connector | undefined {
  const marks = [({ deleted }: Connector) => !deleted, hasMethod, ({ type }: Connector) => type === 1];
  const [best] = marks.reduce((left, mark) => {
    const marked = left.filter(mark);
    return marked.length > 0 ? marked : left;
  }, connectors);
  return best;
}

const only = (connectors: Connector[]): Connector | undefined =>
  connectors.length === 1 ? connectors[0] : undefined;

/** Whether the identity provider calls that method on the page. */
export const callsMethod = ({ fields }: Connector, methodName: string): boolean =>
  plainMethod(fields.jsMethodName ?? '') === plainMethod(methodName);

/** Every global name is also a property of `window`. */
export const plainMethod = (name: string): string => name.replace(/^window\./, '');
