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

/** Whether the text declares a function or a variable with the method's last name, which has not reached window. */
export function declaresMethod(text: string, methodName: string): boolean {
  const last = methodName.slice(methodName.lastIndexOf('.') + 1).replace(/[^\w]/g, '\\$&');
  return new RegExp(`\\b(?:function\\s*\\*?|const|let|var|class)\\s+${last}(?![\\w$])`).test(text);
}

/** What to do about a declaration that `declaresMethod` has found. */
export const notOnWindow = (methodName: string): string =>
  `A script declares "${methodName}", but not on window: what a module, a const or a function inside a function declares stays there. Add: window.${methodName} = …`;
