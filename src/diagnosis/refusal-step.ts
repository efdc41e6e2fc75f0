/**
 * Assigns a refusal to one of the eight steps of an authenticated chat.
 *
 * @module
 */

import type { BridgeErrorCode } from '../contract/bridge-error-code.js';

/** The eight steps in order. */
export const refusalSteps = [
  'the visitor signs in on the site',
  "the site finds the visitor's contact in its CRM",
  'the site builds and signs the token',
  "the token reaches the visitor's browser",
  'the visitor clicks engage',
  'Live Assist calls the method on the page',
  'Live Assist verifies the token and asks the CRM for the contact',
  "the agent accepts and the contact's record pops",
] as const;

/** Number of a step, 1 to 8. */
export type Step = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const stepOfCode = {
  'signed-out': 1,
  'visitor-changed': 1,
  'no-contact': 2,
  'not-a-token': 3,
  'wrong-claims': 3,
  'token-expired': 3,
  forbidden: 4,
  redirected: 4,
  'rate-limited': 4,
  'endpoint-failed': 4,
  network: 4,
  timeout: 4,
  'cached-answer': 4,
  disposed: 6,
} as const satisfies Record<BridgeErrorCode, Step>;

/** Why the bridge refuses: the codes of its event `live-assist-bridge:error`. */
export type BridgeCode = keyof typeof stepOfCode;

/** The list of these codes. */
export const refusalStepCodes: string[] = Object.keys(stepOfCode);

const isBridgeCode = (code: string): code is BridgeCode => Object.hasOwn(stepOfCode, code);

/** Returns the step at which the bridge failed with `code`. For an unknown code, this is the call itself. */
export function refusalStep(code: string | undefined): Step {
  return code !== undefined && isBridgeCode(code) ? stepOfCode[code] : 6;
}
