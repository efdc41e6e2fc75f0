/**
 * Compares the published settings of an account with what the site needs.
 *
 * @module
 */
import { byLevel, type Finding, type FindingCode, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { compareConnector, type ExpectedSettings } from './compare-connector.js';
import { givenKey } from './compare-key.js';
import { type Connector, fieldNames, isUnreadable } from './connector.js';
import { readAccount } from './read-account.js';
import { callsMethod, type Selection, selectConnector } from './select-connector.js';

/** Notes that prevent the statement that every setting is right. */
const doubts: FindingCode[] = ['account-key-encoding', 'account-key-not-compared'];

export interface AccountInspection {
  /** Warnings first. */
  findings: Finding[];
  /** The identity provider that was compared, if one fits. */
  selection?: Selection | undefined;
  connectors: Connector[];
  /** The parsed answer; absent if it is not JSON. */
  answer?: unknown;
}

/** @param text What the account's address answers. */
export async function inspectAccount(text: string, expected: ExpectedSettings): Promise<AccountInspection> {
  const account = readAccount(text);
  if ('problem' in account) return { findings: [account.problem], connectors: [], answer: account.answer };
  const { connectors, answer } = account;
  const selection = await selectConnector(connectors, expected);
  const findings: Finding[] = [];
  if (selection) {
    for await (const found of compareConnector(selection.connector, expected)) findings.push(found);
    findings.push(...aboutReading(selection.connector), ...aboutComparing(selection.connector, expected));
    if (expected.publicKey !== undefined && !(await givenKey(expected)))
      findings.push(finding('account-key-not-compared'));
    const isDoubtful = ({ level, code }: Finding) => level !== 'note' || doubts.includes(code);
    if (!findings.some(isDoubtful)) findings.unshift(finding('account-fits'));
    findings.push(finding('account-provider', nameOf(selection.connector), selection.by));
  } else {
    findings.push(noProvider(connectors, expected));
    const unreadable = new Set(connectors.flatMap((connector) => connector.unreadable));
    if (unreadable.size > 0)
      findings.push(finding('account-fields', [...unreadable].slice(0, 20).join(', ')));
  }
  return { findings: findings.sort(byLevel), selection, connectors, answer };
}

/** Returns the finding that lists the identity providers that exist instead. */
function noProvider(connectors: Connector[], { issuer, methodName }: ExpectedSettings): Finding {
  const more = connectors.length > 20 ? `\nand ${connectors.length - 20} more` : '';
  const list = connectors.slice(0, 20).map(describe).join('\n') + more;
  const withIssuer = connectors.filter(({ fields }) => issuer !== undefined && fields.issuer === issuer);
  if (withIssuer.length > 1 && issuer !== undefined)
    return finding('account-several-providers', quote(methodName), quote(issuer), list, withIssuer.length);
  const calling = connectors.filter((connector) => callsMethod(connector, methodName)).length;
  if (calling > 1)
    return finding(
      'account-several-providers',
      quote(methodName),
      issuer === undefined ? '' : quote(issuer),
      list,
    );
  const wanted = issuer === undefined ? '' : `the JWT Issuer ${quote(issuer)} or `;
  return finding('account-no-provider', `${wanted}the JS Method Name ${quote(methodName)}`, list);
}

function* aboutReading({ unpublished, unreadable }: Connector): Generator<Finding> {
  if (unreadable.length > 0) yield finding('account-fields', unreadable.join(', '));
  if (unpublished.length > 0) yield finding('account-not-published', unpublished.join(', '));
}

function* aboutComparing({ fields }: Connector, expected: ExpectedSettings): Generator<Finding> {
  const open = [
    fields.jwtPublicKey && expected.publicKey === undefined && !expected.signed && fieldNames.jwtPublicKey,
    fields.issuer && expected.issuer === undefined && fieldNames.issuer,
  ].filter((name) => typeof name === 'string' && name !== '');
  if (open.length > 0) yield finding('account-not-compared', open.join(', '));
}

const nameOf = ({ name, id }: Connector): string => (name ? quote(name, 60) : `number ${id ?? 'unknown'}`);

/** Returns one line of a list, indented so that it is not wrapped. */
function describe(connector: Connector): string {
  const { issuer, jsMethodName } = connector.fields;
  const shown = (key: string, value: string | undefined) =>
    value !== undefined ? quote(value, 60) : isUnreadable(connector, key) ? 'not a text' : 'not published';
  const deleted = connector.deleted ? ', deleted' : '';
  return `  ${nameOf(connector)}: issuer ${shown('issuer', issuer)}, method ${shown('jsMethodName', jsMethodName)}${deleted}`;
}
