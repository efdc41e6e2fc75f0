/**
 * Checks the code that a test expects of a refusal.
 *
 * @module
 */

import { nearest } from '../../contract/nearest.js';
import { findingCodes } from '../../diagnosis/findings/finding.js';
import { refusalStepCodes } from '../../diagnosis/refusal-step.js';

const codes: readonly string[] = [...refusalStepCodes, ...findingCodes];

/** @throws TypeError for a code that neither the bridge nor `diagnose` has, naming the closest known code. */
export function requireCode(code: string): void {
  if (codes.includes(code)) return;
  const meant = nearest(code, codes);
  const remedy = meant ? `Did you mean "${meant}"?` : `The bridge has ${refusalStepCodes.join(', ')}.`;
  throw new TypeError(`toBeRefused() was given "${code}", which is not a known code. ${remedy}`);
}
