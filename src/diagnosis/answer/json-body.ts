/**
 * Finds the token in JSON that does not have it where the bridge looks, and says what the JSON has instead.
 *
 * @module
 */
import { tokenShape } from '../../contract/token-shape.js';
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';
import { kindOf } from '../kind-of.js';
import { quote } from '../quote.js';

const TOKEN = new RegExp(`^([Bb]earer\\s+)?${tokenShape}$`);

/** Returns the token in a JSON value if it is not where the bridge looks, but in exactly one other place. */
export function* findTokenInJson(value: unknown, tokenField: string): Generator<Finding, string | undefined> {
  const named = valueAt(value, tokenField);
  const places = [...tokensIn(value, '')];
  if (places.length === 1 && places[0]) {
    const [path, token] = places[0];
    if (valueAt(value, path) === token) yield finding('other-token-field', quote(tokenField), quote(path));
    else yield finding('token-field-dotted', quote(path));
    return token;
  }
  const wrapped = Object.entries(Object(value)).find(
    ([, inner]) => typeof inner === 'string' && /^\s*\{.*\beyJ/s.test(inner),
  );
  if (wrapped) return yield* conclude(finding('json-in-json'));
  const failed = named === undefined ? refusalField(value) : undefined;
  if (failed) return yield* conclude(finding('refusal-in-json', quote(failed)));
  if (named !== undefined)
    return yield* conclude(finding('token-not-text', quote(tokenField), kindOf(named)));
  return yield* conclude(finding('token-field-missing', quote(tokenField), fieldsOf(value)));
}

/** Returns the name of the field with which JSON says that the request failed. */
function refusalField(value: unknown): string | undefined {
  const says: Record<string, (inner: unknown) => boolean> = {
    error: (inner) => Boolean(inner),
    success: (inner) => inner === false,
    status: (inner) => Number(inner) >= 400 && Number(inner) < 600,
    statusCode: (inner) => Number(inner) >= 400 && Number(inner) < 600,
  };
  return Object.keys(says).find((name) => says[name]?.(property(value, name)));
}

/** Parses JSON. Returns undefined if the text is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the value at a dotted path in a JSON value. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => property(inner, name), value);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Yields the path and text of everything in the value that has the form of a token. */
function* tokensIn(value: unknown, path: string, depth = 0): Generator<[path: string, token: string]> {
  if (typeof value === 'string' && TOKEN.test(value)) yield [path, value];
  if (typeof value !== 'object' || !value || depth > 5) return;
  for (const [name, inner] of Object.entries(value))
    yield* tokensIn(inner, path ? `${path}.${name}` : name, depth + 1);
}

/** Names the fields, except long names, which may be values in the wrong place. */
function fieldsOf(value: unknown): string {
  if (typeof value !== 'object' || !value || Array.isArray(value)) return `it is ${kindOf(value)}`;
  const names = Object.keys(value).filter((name) => name.length <= 40);
  return names.length > 0
    ? `it has ${names
        .slice(0, 8)
        .map((name) => quote(name))
        .join(', ')}`
    : 'it has no fields';
}
