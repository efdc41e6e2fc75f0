/** Finds the token in a text that is JSON, a JSON string or the token itself. */

import { tokenShape } from '../../contract/token-shape.js';
import { conclude } from '../findings/conclude.js';
import { type Finding, finding } from '../findings/finding.js';
import { kindOf } from '../kind-of.js';
import { quote } from '../quote.js';

const TOKEN = new RegExp(`^([Bb]earer\\s+)?${tokenShape}$`);
const PLAIN = /^(text\/plain|application\/(jwt|jose|octet-stream))$/;
const JSON_TYPE = /^(application|text)\/(json|[\w.-]+\+json)$/;

/** The token in the body of a 200 answer; says what the bridge would refuse or stumble over. */
export function* findTokenInBody(
  body: string,
  contentType: string,
  tokenField: string,
): Generator<Finding, string | undefined> {
  if (!body) return yield* conclude(finding('empty-answer'));
  const announced = JSON_TYPE.test(contentType);
  const json = /^[{["]/.test(body) || (announced && parse(body) !== undefined);
  if (!announced && !PLAIN.test(contentType)) {
    yield finding('content-type', contentType ? quote(contentType) : 'missing');
  } else if (announced && !json) {
    yield finding('content-type', `${quote(contentType)}, but the body is no JSON`);
  }
  if (!json) return body;
  const value = parse(body);
  if (value === undefined) return yield* conclude(finding('json-broken'));
  return typeof value === 'string' ? value : yield* findTokenInJson(value, tokenField);
}

/** The token in a JSON value: in its field, or else in the only place where there is one. */
export function* findTokenInJson(value: unknown, tokenField: string): Generator<Finding, string | undefined> {
  // The bridge reads objects and texts, no lists.
  if (Array.isArray(value))
    return yield* conclude(finding('token-field-missing', quote(tokenField), fieldsOf(value)));
  const named = valueAt(value, tokenField);
  if (typeof named === 'string' && named) return named;
  const word = property(value, 'error');
  // As the bridge does, whatever the status.
  if (word === 'signed-out' || word === 'no-contact' || word === 'foreign-origin')
    return yield* conclude(finding(word));
  if (named === null) return yield* conclude(finding('signed-out'));
  const places = [...tokensIn(value, '')];
  if (places.length === 1 && places[0]) {
    const [path, token] = places[0];
    if (valueAt(value, path) === token) yield finding('other-token-field', quote(tokenField), quote(path));
    else yield finding('token-field-dotted', quote(path));
    return token;
  }
  if (named !== undefined)
    return yield* conclude(finding('token-not-text', quote(tokenField), kindOf(named)));
  return yield* conclude(finding('token-field-missing', quote(tokenField), fieldsOf(value)));
}

/** The value of a JSON text, undefined where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is at a dotted path into a JSON value. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => property(inner, name), value);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Path and text of everything in the value that is built like a token. */
function* tokensIn(value: unknown, path: string, depth = 0): Generator<[path: string, token: string]> {
  if (typeof value === 'string' && TOKEN.test(value)) yield [path, value];
  if (typeof value !== 'object' || !value || depth > 5) return;
  for (const [name, inner] of Object.entries(value))
    yield* tokensIn(inner, path ? `${path}.${name}` : name, depth + 1);
}

/** Which fields there are. Names only, and no long ones: those may be values in the wrong place. */
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
