/**
 * If the page handed over no token, names the failed step and the remedy.
 *
 * @module
 */
import { refusalStep } from '../../diagnosis/refusal-step.js';
import type { EngagementAnswer } from '../../testing/engagement.js';
import type { Configuration } from '../configuration/configuration.js';
import type { StepReport } from '../journey.js';

export function refusalReport(answer: EngagementAnswer, { methodName }: Configuration): StepReport {
  const { outcome, code } = answer;
  const said = (value: unknown) => (typeof value === 'string' ? value.slice(0, 500) : '');
  if (outcome === 'method-missing') {
    const near = said(answer.nearest);
    return {
      step: 6,
      state: 'failed',
      text: `The page has no method ${methodName}.`,
      remedy: near
        ? `The nearest name on the page is ${near}. Enter that as JS Method Name in Live Assist’s configuration.`
        : 'Is the bridge’s tag on the page? Does JS Method Name name its method?',
      facts: { 'JS Method Name': methodName, ...(near && { 'Nearest on the page': near }) },
    };
  }
  if (outcome === 'refused' && typeof code === 'string' && code) {
    const step = refusalStep(code);
    // The engagement's message ends with the bridge's own, behind the code.
    const [, bridge = ''] = said(answer.message).split(`The bridge says ${code}: `);
    const facts = {
      'Answer to Live Assist': 'callback(null, "Unable to generate key")',
      'The bridge’s code': code,
    };
    if (step === 1)
      return {
        step,
        state: 'failed',
        text: 'Nobody is signed in, so the visitor is a guest and gets the offline survey.',
        remedy: 'Sign in on the site, then click again.',
        facts,
      };
    return {
      step,
      state: 'failed',
      // The bridge's message may end with a remedy of its own.
      text: (remedies[code] ? /^.*?\.(?= |$)/.exec(bridge)?.[0] : bridge) || `The bridge refused: ${code}.`,
      remedy: remedies[code] ?? `Explained by: npx live-assist-bridge diagnose ${code}`,
      facts,
    };
  }
  return {
    step: 6,
    state: 'failed',
    text:
      outcome === 'no-answer'
        ? 'The page did not answer in time.'
        : outcome === 'answered-twice'
          ? 'The page answered twice.'
          : answer.reason
            ? `The page answered callback(null, "${said(answer.reason)}").`
            : 'The page handed over something that is not a token.',
    remedy: said(answer.message) || 'Every path through the method must call back exactly once.',
  };
}

/** Remedies for codes whose message in the bridge does not say what to change on the site. */
const remedies: Partial<Record<string, string>> = {
  'no-contact':
    'Create a contact with the visitor’s e-mail address in the CRM, or sign in as another person.',
  'token-expired':
    'Sign a new token for every request, and set the server’s clock. Does something cache the answer?',
  'endpoint-failed':
    'Look at the token endpoint’s log on the server. The bridge asks again at the next click.',
  network: 'Start the server of the token endpoint. The bridge asks again at the next click.',
};
