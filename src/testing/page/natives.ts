/**
 * The browser's own functions, also on pages whose scripts replace them.
 *
 * @module
 */

/** Timers are not among them, because a test may put a clock of its own on the page. */
const present = () => ({
  NativePromise: globalThis.Promise,
  MessageChannel: globalThis.MessageChannel,
  TextDecoder: globalThis.TextDecoder,
  atob: globalThis.atob,
  queueMicrotask: globalThis.queueMicrotask,
  // Missing in old workers and in some test environments.
  addEventListener: globalThis.addEventListener?.bind(globalThis),
  removeEventListener: globalThis.removeEventListener?.bind(globalThis),
  apply: Reflect.apply,
  parse: JSON.parse,
  stringify: JSON.stringify,
  sourceOf: Function.prototype.toString,
});

const key: unique symbol = Symbol.for('live-assist-engagement:natives');

/** Keeps the present functions for `natives`. Runs before the page's own scripts. A second call does nothing. */
export function keepNatives(): void {
  if (!(key in globalThis)) Object.defineProperty(globalThis, key, { value: present() });
}

/** Returns the functions that `keepNatives` has kept, or else the present ones. */
export const natives = (): ReturnType<typeof present> =>
  (globalThis as { [key]?: ReturnType<typeof present> })[key] ?? present();

/**
 * Whether `value` is one of the browser's own functions, judged by its source text. A bound function of the page is
 * not.
 */
export const isNative = (value: unknown): boolean =>
  typeof value === 'function' &&
  !value.name.startsWith('bound ') &&
  /\{\s*\[native code\]\s*\}$/.test(natives().apply(natives().sourceOf, value, []));
