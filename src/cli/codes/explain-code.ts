/**
 * Explains every code that a user can meet: of this package, of Live Assist, Dataverse and Microsoft Entra ID.
 *
 * @module
 */
import { entraCodes, explainEntraCode } from '../../contract/entra-codes.js';
import { own } from '../../contract/own.js';
import { bridgeCodes } from '../../diagnosis/codes/bridge-codes.js';
import type { CodeExplanation } from '../../diagnosis/codes/code-explanation.js';
import { vendorCodes } from '../../diagnosis/codes/vendor-codes.js';
import type { Finding, FindingCode } from '../../diagnosis/findings/finding.js';
import { refusalCodes } from '../../server/dataverse/refusal-codes.js';
import { endpointCodes } from './endpoint-codes.js';
import { exitCodes } from './exit-codes.js';
import { exampleFinding, findingGroups } from './finding-groups.js';
import { keyCodes } from './key-codes.js';
import { lookUpCodes } from './look-up-codes.js';
import { sameStatus, statusCodes } from './status-codes.js';

const explain = ({ fact, remedy }: { fact: string; remedy: string }): CodeExplanation => ({
  why: `${fact}.`,
  do: remedy,
});
const explainEach = (codes: Readonly<Record<string, { fact: string; remedy: string }>>) =>
  Object.fromEntries(Object.entries(codes).map(([code, meaning]) => [code, explain(meaning)]));

/** The codes that are explained by cause and remedy, by their origin. docs/codes.md has a table of each. */
export const codeTables = {
  bridge: bridgeCodes,
  endpoint: endpointCodes,
  'look-up': lookUpCodes,
  key: keyCodes,
  vendor: vendorCodes,
  dataverse: explainEach(refusalCodes),
  entra: Object.fromEntries(
    Object.entries(entraCodes).map(([number, meaning]) => [`AADSTS${number}`, explain(meaning)]),
  ),
  status: statusCodes,
  exit: exitCodes,
} as const satisfies Record<string, Readonly<Record<string, CodeExplanation>>>;

export type ExplainedCode =
  | ({ code: string; source: keyof typeof codeTables } & CodeExplanation)
  | ({ source: 'diagnose'; isExample: boolean } & Finding);

const findings: ReadonlySet<string> = new Set(Object.values(findingGroups).flat());

/** Every code that has an explanation. */
export const knownCodes: readonly string[] = [
  ...new Set([...Object.values(codeTables).flatMap((table) => Object.keys(table)), ...findings]),
];

/** What the code means, once for each origin that uses it; empty if the text is not a known code. */
export function explainCode(text: string): ExplainedCode[] {
  const isEntra = /^AADSTS\d{4,8}$/i.test(text);
  const code = isEntra ? text.toUpperCase() : text.toLowerCase();
  const meanings: ExplainedCode[] = [];
  for (const [source, table] of Object.entries(codeTables) as [keyof typeof codeTables, object][]) {
    const alike = source === 'status' ? String(own(sameStatus, code)) : '';
    const found = meaningIn(table, code) ?? meaningIn(table, alike);
    if (found) meanings.push({ code, source, ...found });
  }
  // Entra has hundreds of numbers; its own page explains the others.
  if (isEntra && meanings.length === 0)
    meanings.push({ code, source: 'entra', ...explain(explainEntraCode(code.replace('AADSTS', ''))) });
  if (findings.has(code)) meanings.push({ source: 'diagnose', ...exampleFinding(code as FindingCode) });
  return meanings;
}

const meaningIn = (table: object, code: string) => own(table, code) as CodeExplanation | undefined;
