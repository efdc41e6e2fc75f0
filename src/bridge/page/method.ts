/**
 * Puts the method on `window`, where Live Assist looks it up by name, and keeps it there.
 *
 * @module
 */
import { own } from '../../contract/own.js';
import type { AuthoriseCallback, AuthoriseMethod } from '../authorise-method.js';
import { keep } from './keep.js';
import { root } from './native.js';
import { warn } from './warn.js';

/** The version of the rules by which a method answers. The tag of a newer copy of this file replaces an older method. */
export const registryVersion = 1;

/** Marks our functions, across all copies of this file on the page. */
export const ours = Symbol.for('live-assist-bridge');

/**
 * The value of the mark: a function that returns what to restore in place of the method, with the version of its copy.
 */
type Mark = (() => unknown) & { version?: number };

type Found = Partial<Record<symbol, Mark>> & { q?: AuthoriseCallback[]; tag?: HTMLOrSVGScriptElement };

/** Returns the method `name` if it is ours and its version is not older. Its `tag`, if any, states who is signed in. */
export function ourMethod(name: string): Pick<Found, 'tag'> | undefined {
  const found = lookUp(name) as Found | undefined;
  return Number(found?.[ours]?.version) >= registryVersion ? found : undefined;
}

function lookUp(name: string): unknown {
  let found: unknown = root;
  // Not `reduce`, which Prototype 1.6 replaces by another function.
  for (const key of name.split('.')) found = get(found, key);
  return found;
}

/**
 * Returns a property, or `undefined` if it cannot be read.
 *
 * Elements and frames of that name are not own properties of window, and do not count: a router may remove them, and a
 * frame may belong to another origin.
 */
function get(parent: unknown, key: string): unknown {
  try {
    return parent === root ? own(parent, key) : (parent as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** Writes a property if possible. The caller checks whether it was written. */
export function set(parent: object, key: PropertyKey, value: unknown): void {
  try {
    (parent as Record<PropertyKey, unknown>)[key] = value;
  } catch {}
}

/** The object that holds the last part of `name`. Creates parents that do not exist. */
export function parentOf(name: string): Record<string, unknown> {
  let parent = root as unknown as Record<string, unknown>;
  for (const key of name.split('.').slice(0, -1)) {
    if (get(parent, key) == null) set(parent, key, {});
    parent = get(parent, key) as typeof parent;
    if (Object(parent) !== parent) throw new TypeError(`${name} cannot be set. Its parent is not an object.`);
  }
  return parent;
}

/**
 * Defines `method` under the dotted `name` and answers the calls that a stub has queued.
 *
 * Another script's function is replaced with a warning; an older method of ours and a stub silently. If another script
 * removes the method by replacing its parent, the method is put back when a script or the page has loaded. On a
 * Microsoft portal (`isPortal`), it also replaces the portal's own function of that name if that function loads later.
 *
 * Returns the function that removes the method. It restores what was there before, unless that was a stub, and does
 * nothing if the method there is no longer this one.
 *
 * @throws TypeError if a parent is not an object or cannot be written.
 */
export function putMethod(name: string, method: AuthoriseMethod, isPortal = false): () => void {
  const last = name.slice(name.lastIndexOf('.') + 1);
  let parent = parentOf(name);
  const before = get(parent, last) as Found | undefined;
  // A stub creates its own queue. A call of `push` alone is not enough, because another script's function may contain
  // one.
  const isStub =
    typeof before === 'function' && /\.q\s*(\|\||\?\?)?=[^=][\s\S]*\.push\(/.test(String(before));

  // Some stubs queue the callback, others their `arguments`.
  const adopt = (call?: AuthoriseCallback | { 0?: AuthoriseCallback }) =>
    method(((call as { 0?: AuthoriseCallback })?.[0] ?? call) as AuthoriseCallback);
  let isOff = false;
  const restored = () => (isStub ? undefined : before?.[ours] ? before[ours]() : before);
  // Scripts that still hold the stub push to this array. It looks like the stub's queue, but calls our method.
  const q = Object.defineProperty([], 'push', { __proto__: null, value: adopt } as PropertyDescriptor);
  const mark: Mark = () => (isOff ? restored() : method);
  mark.version = registryVersion;
  Object.assign(method, { [ours]: mark, q });

  const put = () => {
    set(parent, last, method);
    if (lookUp(name) !== method)
      throw new TypeError(`${name} cannot be set. Choose another name, there and in Live Assist.`);
  };
  put();
  if (typeof before === 'function' && !isStub && !before[ours])
    warn(`${name} was another script's function. It is replaced; remove one of the two.`);

  const stop = keep(`${name} was removed by another script. `, () => {
    const there = lookUp(name) as Found | undefined;
    // Another script's function there may call ours, so it is left alone.
    if (typeof there === 'function' && (there[ours] || !isPortal)) return;
    // A newer bridge has replaced this one and puts its own method back.
    if (parent[last] !== method && (parent[last] as Found | undefined)?.[ours]) return;
    parent = parentOf(name);
    put();
  });

  const waiting = typeof before?.q?.splice === 'function' ? before.q.splice(0) : [];
  // For a stub that uses its own `q` directly, without looking up the name.
  if (isStub) Object.assign(before, { q });
  // Not `forEach`, which a page may have replaced: the method is on the page already.
  for (const call of waiting) adopt(call);

  return () => {
    isOff = true;
    stop();
    if (parent[last] !== method) return;
    set(parent, last, restored());
    try {
      if (parent[last] === undefined) delete parent[last];
    } catch {
      // A variable that the page has declared cannot be deleted. It stays, as undefined.
    }
  };
}
