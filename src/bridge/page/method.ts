/** Puts the method on `window`, where Live Assist looks it up by name, and takes it off again. */

import { warn } from './warn.js';

/** What Live Assist passes: the token alone, or `null` and a reason. */
export type AuthoriseCallback = (token: string | null, error?: string) => void;
export type AuthoriseMethod = (callback: AuthoriseCallback) => void;

type Found = Partial<Record<symbol, () => unknown>> & { q?: unknown; tag?: HTMLOrSVGScriptElement };

/** Recognises a method of ours, another copy of this file's included; says what to restore in its place. */
const ours = Symbol.for('live-assist-bridge');

/** The method `name`, if it is one of ours; with the tag that says who is signed in, where there is one. */
export function ourMethod(name: string): Pick<Found, 'tag'> | undefined {
  const found = name.split('.').reduce<Found | undefined>(child, globalThis as Found);
  return found?.[ours] && found;
}

const child = (parent: unknown, key: string): Found | undefined =>
  (parent as Record<string, Found> | undefined)?.[key];

/**
 * Puts `method` at the dotted `name`, creating parents that do not exist, and answers those whom a stub has queued.
 *
 * Another script's function is replaced with a warning; an older method of ours and a stub silently.
 *
 * @returns What takes it off again, and restores what was there unless that was a stub. Does nothing when the method
 * there is no longer this one.
 * @throws TypeError when a parent is no object or does not let itself be written.
 */
export function putMethod(name: string, method: AuthoriseMethod): () => void {
  const keys = name.split('.');
  const last = keys.pop() ?? '';
  let parent = globalThis as unknown as Record<string, unknown>;
  for (const key of keys) {
    if (parent[key] == null) Reflect.set(parent, key, {});
    parent = parent[key] as typeof parent;
    if (Object(parent) !== parent) throw new TypeError(`${name} cannot be set. Its parent is no object.`);
  }

  const before = parent[last] as Found | undefined;
  // A stub makes its queue; another script's function may well push something somewhere.
  const isStub =
    typeof before === 'function' && /\.q\s*(\|\||\?\?)?=[^=][\s\S]*\.push\(/.test(String(before));

  // Some stubs queue the callback, some their arguments.
  const adopt = (call?: AuthoriseCallback | { 0?: AuthoriseCallback }) =>
    method(((call as { 0?: AuthoriseCallback })?.[0] ?? call) as AuthoriseCallback);
  let isOff = false;
  const restored = () => (isStub ? undefined : before?.[ours] ? before[ours]() : before);
  // Whoever took hold of the stub before queues with us from now on, in what still looks like a queue.
  Object.assign(method, {
    [ours]: () => (isOff ? restored() : method),
    q: Object.defineProperty([], 'push', { value: adopt }),
  });
  // What cannot be written does not throw its own words.
  Reflect.set(parent, last, method);
  if (parent[last] !== method)
    throw new TypeError(`${name} cannot be set. Choose another name, there and in Live Assist.`);
  if (typeof before === 'function' && !isStub && !before[ours])
    warn(`${name} was another script's function. It is replaced; remove one of the two.`);
  const waiting = Array.isArray(before?.q) ? before.q.splice(0) : [];
  // For a stub that looks at itself, not at the name.
  if (isStub) Object.assign(before, { q: Reflect.get(method, 'q') });
  waiting.forEach(adopt);

  return () => {
    isOff = true;
    if (parent[last] !== method) return;
    Reflect.set(parent, last, restored());
    // A name that the page has declared cannot be deleted: there it stays, without a value.
    if (parent[last] === undefined) Reflect.deleteProperty(parent, last);
  };
}
