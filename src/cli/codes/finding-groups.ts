/**
 * The findings of `diagnose` in groups, each with example facts for its messages.
 *
 * @module
 */
import { accountFindings } from '../../diagnosis/findings/account-findings.js';
import { accountReadingFindings } from '../../diagnosis/findings/account-reading-findings.js';
import { bodyFindings } from '../../diagnosis/findings/body-findings.js';
import { claimFindings } from '../../diagnosis/findings/claim-findings.js';
import { deliveryFindings } from '../../diagnosis/findings/delivery-findings.js';
import { type Finding, type FindingCode, finding } from '../../diagnosis/findings/finding.js';
import { keyFindings } from '../../diagnosis/findings/key-findings.js';
import { pageFindings } from '../../diagnosis/findings/page-findings.js';
import { probeFindings } from '../../diagnosis/findings/probe-findings.js';
import { signatureFindings } from '../../diagnosis/findings/signature-findings.js';
import { statusFindings } from '../../diagnosis/findings/status-findings.js';
import { timeFindings } from '../../diagnosis/findings/time-findings.js';
import { tokenFindings } from '../../diagnosis/findings/token-findings.js';
import { verifierFindings } from '../../diagnosis/findings/verifier-findings.js';
import { accountFacts, accountReadingFacts, verifierFacts } from './examples/account-facts.js';
import { answerFacts, probeFacts } from './examples/answer-facts.js';
import { keyFacts } from './examples/key-facts.js';
import { pageFacts } from './examples/page-facts.js';
import { claimFacts, signatureFacts, timeFacts, tokenFacts } from './examples/token-facts.js';

/** Every group has the name of its table in docs/codes.md. */
export const findingGroups = {
  'status-findings': Object.keys(statusFindings),
  body: Object.keys(bodyFindings),
  delivery: Object.keys(deliveryFindings),
  probe: Object.keys(probeFindings),
  token: Object.keys(tokenFindings),
  signature: Object.keys(signatureFindings),
  claim: Object.keys(claimFindings),
  time: Object.keys(timeFindings),
  'key-findings': Object.keys(keyFindings),
  page: Object.keys(pageFindings),
  account: [...Object.keys(accountReadingFindings), ...Object.keys(accountFindings)],
  verifier: Object.keys(verifierFindings),
} as Readonly<Record<string, readonly FindingCode[]>>;

const facts: Readonly<Record<string, readonly unknown[]>> = {
  ...answerFacts,
  ...probeFacts,
  ...tokenFacts,
  ...signatureFacts,
  ...claimFacts,
  ...timeFacts,
  ...keyFacts,
  ...pageFacts,
  ...accountReadingFacts,
  ...accountFacts,
  ...verifierFacts,
};

const find = finding as (code: FindingCode, ...facts: readonly unknown[]) => Finding;

/** The finding, with example facts in its message if the message needs any. */
export const exampleFinding = (code: FindingCode): Finding & { isExample: boolean } => ({
  ...find(code, ...(facts[code] ?? [])),
  isExample: (facts[code] ?? []).some((fact) => typeof fact === 'number' || (fact && fact !== true)),
});
