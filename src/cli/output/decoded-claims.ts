/**
 * Shows a token's claims, only on request, because they name the visitor.
 *
 * @module
 */
import type { Examination } from '../../diagnosis/examine.js';
import { jsonText } from '../../diagnosis/json-text.js';
import { showInvisible } from '../../diagnosis/show-invisible.js';
import type { Paint } from './style.js';

export function decodedClaims({ header, payload }: Examination, paint: Paint): string {
  if (!header && !payload) return 'There is nothing to decode.';
  return [
    ...(header ? [`${paint('bold', 'Header')}\n${lines(header)}`] : []),
    ...(payload ? [`${paint('bold', 'Claims')}\n${lines(payload)}`] : []),
  ].join('\n\n');
}

function lines(object: Record<string, unknown>): string {
  const width = Math.max(...Object.keys(object).map((name) => name.length), 0) + 2;
  return Object.entries(object)
    .map(
      ([name, value]) =>
        `  ${showInvisible(name).padEnd(width)}${showInvisible(jsonText(value))}${timeWords(name, value)}`,
    )
    .join('\n');
}

function timeWords(name: string, value: unknown): string {
  if (!['iat', 'exp', 'nbf'].includes(name) || typeof value !== 'number' || Math.abs(value) > 1e11) return '';
  return `  (${new Date(value * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC)`;
}
