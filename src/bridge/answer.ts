/** Finds the token in what the token endpoint answered. */
import { BridgeError } from './errors.js';
import { own } from './page/own.js';

/**
 * The token in `text`: JSON with `field` (dotted path), a JSON string, or the text itself; trimmed.
 *
 * @throws BridgeError `signed-out` or `no-contact` when the answer says so; `not-a-token`, which names the defect and
 * the property names found, never a value.
 */
export function tokenInAnswer(text: string, field: string): string {
  let value = parse(text);
  if (typeof value === 'object') {
    const word = refusalIn(text);
    if (word) throw new BridgeError(word);
    const names = Object.keys(Object(value))
      .filter((name) => /^[\w-]{1,30}$/.test(name))
      .slice(0, 9);
    for (const key of field.split('.')) value = own(value, key);
    if (value === null) throw new BridgeError('signed-out');
    if (typeof value !== 'string')
      refuse(
        `has no text in ${field}${names.length ? `, only ${names}` : ''}. Set tokenField (data-token-field)`,
      );
  }
  const token = String(value).trim();
  if (!token) refuse('is empty. Send the token, or 401 when nobody is signed in');
  if (token[0] === '<') refuse('is an HTML page. Check the address, and send 401 instead of a login page');
  if (/^bearer\s/i.test(token)) refuse('begins with Bearer. Send the token alone');
  return token;
}

/** The endpoint's own word for why there is no token: the `error` of a JSON answer. */
export function refusalIn(text: string): 'signed-out' | 'no-contact' | undefined {
  const error = own(parse(text), 'error');
  return error === 'signed-out' || error === 'no-contact' ? error : undefined;
}

function parse(text: string): unknown {
  try {
    return /^\s*["{]/.test(text) ? JSON.parse(text) : text;
  } catch {
    return text;
  }
}

function refuse(defect: string): never {
  throw new BridgeError('not-a-token', undefined, `The answer ${defect}.`);
}
