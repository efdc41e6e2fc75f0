/**
 * Defines findings and creates them.
 *
 * @module
 */
import { accountFindings } from './account-findings.js';
import { accountReadingFindings } from './account-reading-findings.js';
import { answerFindings } from './answer-findings.js';
import { claimFindings } from './claim-findings.js';
import { keyFindings } from './key-findings.js';
import { pageFindings } from './page-findings.js';
import { probeFindings } from './probe-findings.js';
import { signatureFindings } from './signature-findings.js';
import { timeFindings } from './time-findings.js';
import { tokenFindings } from './token-findings.js';
import { verifierFindings } from './verifier-findings.js';

const findings = {
  ...answerFindings,
  ...tokenFindings,
  ...signatureFindings,
  ...claimFindings,
  ...timeFindings,
  ...keyFindings,
  ...probeFindings,
  ...pageFindings,
  ...accountReadingFindings,
  ...accountFindings,
  ...verifierFindings,
};

/** The codes of all findings: a closed union. */
export type FindingCode = keyof typeof findings;

/** The list of all codes. */
export const findingCodes: readonly string[] = Object.keys(findings);

/** One thing found about a token, the answer it came in or the key pasted for it. */
export interface Finding {
  /** `error`: authenticated chats fail or are unsafe. `warning`: they may. `note`: good to know. */
  level: 'error' | 'warning' | 'note';
  code: FindingCode;
  /** What is wrong and what to change, for an administrator. Never quotes the token or a key. */
  message: string;
}

/** Rows of a table of findings: the level, and the message made of the facts. */
export type FindingTable = Record<string, readonly [Finding['level'], (...facts: never[]) => string]>;

type Facts<Code extends FindingCode> = Parameters<(typeof findings)[Code][1]>;

/** Creates the finding with this code, and fills its message with the facts. */
export function finding<Code extends FindingCode>(code: Code, ...facts: Facts<Code>): Finding {
  const [level, message] = findings[code];
  return { level, code, message: (message as (...facts: Facts<Code>) => string)(...facts) };
}

const levels: Finding['level'][] = ['error', 'warning', 'note'];

/**
 * Sorts findings: errors, then warnings, then notes; a leaked or published key before everything. What was answered in
 * place of the token comes before the faults of that answer, such as its caching.
 */
export function byLevel(a: Finding, b: Finding): number {
  return rank(a) - rank(b);
}

function rank({ level, code }: Finding): number {
  if (/^(token-of-entra|token-of-identity-server|html-page|login-page)$/.test(code)) return -1;
  return /^(private-key|key-published|key-weak)$/.test(code) ? -2 : levels.indexOf(level);
}
