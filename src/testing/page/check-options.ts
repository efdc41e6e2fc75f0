/**
 * Checks the options of `startEngagement`.
 *
 * @module
 */
import type { EngagementOptions } from '../engagement.js';

const known = {
  methodName: (value) => typeof value === 'string' || 'methodName is not text. Give the JS Method Name.',
  limit: (value) =>
    (typeof value === 'number' && value > 0) || 'limit is not a number above 0. Give milliseconds: 10000.',
  wait: (value) =>
    (typeof value === 'number' && value >= 0) || 'wait is not a number. Give milliseconds, or 0: 5000.',
  onLateAnswer: (value) =>
    typeof value === 'function' || 'onLateAnswer is not a function. Give one that takes an answer.',
  onClick: (value) => typeof value === 'function' || 'onClick is not a function. Give one without arguments.',
} satisfies Record<keyof EngagementOptions, (value: unknown) => true | string>;

/** @throws TypeError for an unknown option, or for one of the wrong type. */
export function checkOptions(options: EngagementOptions): void {
  const names = Object.keys(known);
  for (const [name, value] of Object.entries(options)) {
    if (!(name in known))
      throw new TypeError(`startEngagement has no option "${name}". It knows ${names.join(', ')}.`);
    const problem = value === undefined || known[name as keyof EngagementOptions](value);
    if (problem !== true) throw new TypeError(problem);
  }
}
