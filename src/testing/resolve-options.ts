/**
 * Resolves and checks the options for one test.
 *
 * @module
 */

import { nearest } from '../contract/nearest.js';
import type { LiveAssistOptions } from './live-assist-options.js';

const kinds = {
  methodName: 'text',
  tokenEndpoint: 'text',
  publicKey: 'text',
  issuer: 'text',
  limit: 'milliseconds',
  wait: 'duration',
  late: 'lateness',
  blockVendor: 'hosts',
} satisfies Record<keyof LiveAssistOptions, keyof typeof defects>;

const defects = {
  text: (value: unknown) => (typeof value === 'string' ? undefined : 'Give a text.'),
  milliseconds: (value: unknown) =>
    typeof value === 'number' && value > 0 ? undefined : 'Give milliseconds as a number above 0: 5000.',
  duration: (value: unknown) =>
    typeof value === 'number' && value >= 0 ? undefined : 'Give milliseconds as a number, or 0: 5000.',
  lateness: (value: unknown) =>
    value === 'annotate' || value === 'fail' ? undefined : `Give ${meantLateness(value)}.`,
  hosts: (value: unknown) =>
    typeof value === 'boolean' ||
    (Array.isArray(value) && value.every((host) => typeof host === 'string' && !/[/:*]/.test(host)))
      ? undefined
      : "Give true, or a list of host names: ['chat.example.com'].",
};

function meantLateness(value: unknown): string {
  const meant = nearest(String(value), ['annotate', 'fail']);
  return meant ? `"${meant}"` : '"annotate" or "fail"';
}

const isOption = (name: string): name is keyof LiveAssistOptions => Object.hasOwn(kinds, name);

/** Merges the options of the test's file over those of its project. */
export function resolveKitOptions(ofFile: unknown, ofProject: unknown): LiveAssistOptions {
  return { ...check(ofProject), ...check(ofFile) };
}

function check(options: unknown): LiveAssistOptions {
  if (options === undefined || options === null) return {};
  if (typeof options !== 'object')
    throw new TypeError('liveAssist is not an object. Give its options by name.');
  for (const [name, value] of Object.entries(options)) {
    if (!isOption(name)) throw unknownOption(name);
    if (value === undefined) continue;
    if (value instanceof Promise)
      throw new TypeError(
        `liveAssist.${name} is a promise. Await it: liveAssist.${name} takes what it resolves to.`,
      );
    const remedy = defects[kinds[name]](value);
    if (remedy) throw new TypeError(`liveAssist.${name} is ${shown(value)}. ${remedy}`);
  }
  return options;
}

function unknownOption(name: string): TypeError {
  const known = Object.keys(kinds);
  const meant = nearest(name, known);
  const remedy = meant ? `Did you mean "${meant}"?` : `It knows ${known.join(', ')}.`;
  return new TypeError(`liveAssist has no option "${name}". ${remedy}`);
}

/** Returns a value as a message may quote it. A key in the wrong option must not appear in the message. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? 'a long text' : JSON.stringify(value);
  if (typeof value === 'object' || typeof value === 'function')
    return Array.isArray(value) ? JSON.stringify(value).slice(0, 80) : `of type ${typeof value}`;
  return String(value);
}
