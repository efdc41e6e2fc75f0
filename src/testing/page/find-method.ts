/**
 * Looks the method up by its name, as Live Assist does at the click.
 *
 * @module
 */
import { isObject } from './is-object.js';
import { shown } from './shown.js';

export interface FoundMethod {
  /** The method, if a function has that name. */
  method?: (...args: unknown[]) => unknown;
  /** The object that contains the method, and on which it is called. */
  parent: unknown;
  /** The path from `window` to `parent`. */
  parentPath: string;
  /** What is there instead of a function: `window.auth is undefined`. Empty if the method was found. */
  fact: string;
  /** Whether something other than a function has that name. */
  isTaken: boolean;
}

/** Looks up a dotted name object by object, starting from the global object. */
export function findMethod(methodName: string): FoundMethod {
  const kind = (value: unknown) =>
    value === undefined || value === null ? `${value}` : `of type ${typeof value}`;
  let value: unknown = globalThis;
  let path = 'window';
  let parent: unknown;
  let parentPath = '';
  const missing = (fact: string, isTaken = false): FoundMethod => ({ parent, parentPath, fact, isTaken });
  try {
    for (const key of methodName.split('.')) {
      if (!isObject(value)) return missing(`${path} is ${kind(value)}`, value !== undefined);
      [parent, parentPath] = [value, path];
      value = value[key];
      path += `.${key}`;
    }
  } catch (error) {
    return missing(`reading it threw "${shown(error)}"`);
  }
  if (typeof value !== 'function')
    return missing(`${path} is ${kind(value)}`, value !== undefined && value !== null);
  const method = value as (...args: unknown[]) => unknown;
  return { method, parent, parentPath, fact: '', isTaken: true };
}
