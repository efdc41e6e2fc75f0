/**
 * Tells from the text of scripts whether they may still bring the method.
 *
 * @module
 */

export interface ScriptHints {
  /** Whether the text calls, or may call, `createBridge`. */
  createsBridge: boolean;
  /** Whether the text mentions the method or the bridge. */
  mentionsMethod: boolean;
  /** Whether the text may load further code, or do something later. */
  loadsCode: boolean;
}

/** The file of the script tag mentions all of this, so its text counts for nothing. */
export function scriptHints(text: string, methodName: string): ScriptHints {
  if (text.includes('! live-assist-bridge '))
    return { createsBridge: false, mentionsMethod: false, loadsCode: false };
  const last = methodName.slice(methodName.lastIndexOf('.') + 1);
  return {
    createsBridge: text.includes('createBridge'),
    mentionsMethod: text.includes(last) || /live-?assist-?bridge|token-?endpoint/i.test(text),
    loadsCode: /\bimport\s*\(|createElement\(\s*["'`]script|setTimeout|requestIdleCallback/.test(text),
  };
}
