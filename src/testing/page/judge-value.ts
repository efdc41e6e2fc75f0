/**
 * Judges the arguments with which a method called back.
 *
 * @module
 */
import type { EngagementAnswer } from '../engagement.js';
import { isObject } from './is-object.js';
import { natives } from './natives.js';
import { shown, withoutTokens } from './shown.js';

/** Returns the outcome of one call of the callback. The token is not verified. */
export function judgeValue(value: unknown, error: unknown): Omit<EngagementAnswer, 'milliseconds'> {
  const claims = typeof value === 'string' ? decode(value) : undefined;
  if (error !== undefined && error !== null) {
    const reason = shown(error);
    const both = claims
      ? ' It also handed over a token, but the second argument marks a failure. Hand over either (token) or (null, reason).'
      : '';
    return { outcome: 'refused', reason, message: `The method refused: "${reason}".${both}` };
  }
  return typeof value === 'string' && claims
    ? { outcome: 'authenticated', token: value, claims }
    : { outcome: 'refused', message: defect(value) };
}

/** Returns the payload of a compact token. */
function decode(token: string): Record<string, unknown> | undefined {
  const part = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
  if (part === undefined) return undefined;
  const { atob, parse, TextDecoder } = natives();
  try {
    const binary = atob(part.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    const claims: unknown = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(claims) && !Array.isArray(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

function defect(value: unknown): string {
  if (value === undefined || value === null) {
    return 'The method called back with neither a token nor a reason. Call back with (null, "Unable to generate key").';
  }
  if (typeof value !== 'string') {
    const names = typeof value === 'object' && !Array.isArray(value) ? Object.keys(value).slice(0, 8) : [];
    const what = Array.isArray(value) ? 'array' : typeof value;
    const having = names.length ? ` (with ${withoutTokens(names.join(', '))})` : '';
    return `The method called back with a value of type ${what}${having} instead of a token. Hand the token over as a string.`;
  }
  const text = value.trim();
  if (text === '') return 'The method called back with an empty string. Hand the token over.';
  if (/^bearer\s/i.test(text)) return 'The token begins with "Bearer ". Hand over the token alone.';
  if (/^["']/.test(text)) return 'The token is in quotes. Parse the JSON string, and hand over its value.';
  if (text.startsWith('<')) {
    return 'The method called back with an HTML page instead of a token. Did the token endpoint redirect to a sign-in page?';
  }
  if (/^[{[]/.test(text))
    return 'The method called back with JSON text instead of a token. Hand over one of its fields.';
  if (text !== value && decode(text)) return 'There are blanks around the token. Trim it.';
  return 'The method called back with a string that is not a token: three base64url parts joined by dots, the second one a JSON object.';
}
