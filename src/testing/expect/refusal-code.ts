/** The codes for which Live Assist is refused, or refuses. */

import { nearest } from '../../contract/nearest.js';
import type { FindingCode } from '../../diagnosis/diagnose.js';
import { answerFindings } from '../../diagnosis/findings/answer-findings.js';
import { claimFindings } from '../../diagnosis/findings/claim-findings.js';
import { keyFindings } from '../../diagnosis/findings/key-findings.js';
import { probeFindings } from '../../diagnosis/findings/probe-findings.js';
import { tokenFindings } from '../../diagnosis/findings/token-findings.js';
import { bridgeCodes } from '../../diagnosis/refusal-step.js';

const findings = {
  ...answerFindings,
  ...tokenFindings,
  ...claimFindings,
  ...keyFindings,
  ...probeFindings,
} satisfies Record<FindingCode, unknown>;

const codes = [...bridgeCodes, ...Object.keys(findings)];

/** @throws TypeError for a code that neither the bridge nor `diagnose` has, naming the one that was meant. */
export function requireCode(code: string): void {
  if (codes.includes(code)) return;
  const meant = nearest(code, codes);
  const remedy = meant ? `Did you mean "${meant}"?` : `The bridge has ${bridgeCodes.join(', ')}.`;
  throw new TypeError(`toBeRefused() was given "${code}", which is no code. ${remedy}`);
}
