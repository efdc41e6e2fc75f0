/**
 * Names the option that is meant, because a finding's message is also shown where there are no options.
 *
 * @module
 */
import { type Finding, finding } from '../../diagnosis/findings/finding.js';

export const publicKeyOption = '--public-key "@pasted.txt"';

export const withOptionNames = (findings: Finding[]): Finding[] =>
  findings.map((found) =>
    found.code === 'signature-not-checked' ? finding('signature-not-checked', publicKeyOption) : found,
  );
