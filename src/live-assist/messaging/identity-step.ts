/**
 * The additional step of messaging: before any chat, the page says who the visitor is.
 *
 * @module
 */
import type { Configuration } from '../configuration/configuration.js';
import type { StepReport } from '../journey.js';
import type { JourneyStep } from '../steps.js';

/** Between step 4, the token in the browser, and step 5, the click. */
export const IDENTITY = 4.5;

export const identityStep: JourneyStep = {
  title: 'The page identifies the visitor',
  by: 'Bridge to Live Assist',
  call: 'The function in lpTag.identities, put there by data-identities or the option identities',
};

/** The name of a step in a sentence. */
export const nameOfStep = (step: number): string => (step === IDENTITY ? 'The identity' : `Step ${step}`);

export interface ToldIdentity {
  iss: string | null;
  sub: string | null;
  /** How many functions the page has in `lpTag.identities`. */
  functions: number;
}

/** Whether the engagement for signed-in visitors is shown, and why. */
export function judgeIdentity(
  { iss, sub, functions }: ToldIdentity,
  { issuer }: Configuration,
): { isTargeted: boolean; report: StepReport } {
  const step = IDENTITY;
  if (functions === 0)
    return {
      isTargeted: false,
      report: {
        step,
        state: 'failed',
        text: 'lpTag.identities holds no function, so the engagement is not shown.',
        remedy: 'Add data-identities to the tag of the bridge, or the option identities to createBridge().',
      },
    };
  if (iss === null || sub === null)
    return {
      isTargeted: false,
      report: { step, state: 'done', text: 'The page named nobody, so the engagement is not shown.' },
    };
  const facts = { iss, sub, acr: 'loa1' };
  if (issuer && iss !== issuer)
    return {
      isTargeted: false,
      report: {
        step,
        state: 'failed',
        text: 'The identity’s issuer is not the configured one, so the engagement is not shown.',
        remedy: 'Make JWT Issuer in Live Assist’s configuration and iss equal, byte for byte.',
        facts: { ...facts, 'JWT Issuer': issuer },
      },
    };
  return {
    isTargeted: true,
    report: { step, state: 'done', text: 'The page named its visitor, so the engagement is shown.', facts },
  };
}
