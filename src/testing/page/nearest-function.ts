/**
 * Finds the page's function whose name is most similar to the method's.
 *
 * @module
 */
import { isObject } from './is-object.js';
import { isNative } from './natives.js';

/** Searches the globals, the properties of global objects, and the properties of `parent`. */
export function nearestFunction(methodName: string, parent: unknown, parentPath: string): string | undefined {
  const last = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const wanted = last(methodName);
  const far = (name: string) => distance(wanted, last(name));
  const beside =
    isObject(parent) && parent !== globalThis
      ? functions(parent, `${parentPath.replace('window.', '')}.`)
      : [];
  const alike = [...new Set([...functions(globalThis, ''), ...beside])].filter(
    (name) =>
      Math.abs(last(name).length - wanted.length) <= wanted.length / 3 && far(name) <= wanted.length / 3,
  );
  const whole = (name: string) => distance(methodName.toLowerCase(), name.toLowerCase());
  return alike.sort((a, b) => far(a) - far(b) || whole(a) - whole(b))[0];
}

/** Returns the names of the page's functions. Reads data properties only, because a getter may have side effects. */
function functions(object: object, prefix: string): string[] {
  const names: string[] = [];
  try {
    for (let at = object; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
        if (typeof value === 'function') {
          if (!isNative(value)) names.push(prefix + name);
        } else if (prefix === '' && isObject(value) && value !== globalThis && !/^\d+$/.test(name)) {
          names.push(...functions(value, `${name}.`));
        }
      }
    }
  } catch {
    // A window of another origin, or a proxy that throws, has no names to offer.
  }
  return names;
}

export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, char] of [...from].entries()) {
    const next = [line + 1];
    for (let column = 1; column <= to.length; column++) {
      const swapped = (row[column - 1] ?? 0) + (to[column - 1] === char ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, swapped));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
