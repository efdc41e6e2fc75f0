/**
 * Judges from the text of a script whether it may still create the method.
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

/** Returns the hints in a script's text. The bridge's own file is ignored, because it mentions all of this. */
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
