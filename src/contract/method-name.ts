/**
 * The JS Method Name that Live Assist looks up on the page.
 *
 * @module
 */

/** The name in the specification's examples. */
export const defaultMethodName = 'authoriseChatWithCallback';

/**
 * Whether `name` can be entered as JS Method Name: ASCII identifiers joined by dots, such as `auth.getToken`.
 *
 * Letters beyond ASCII are refused because no source says whether Live Assist finds them. `__proto__`, `prototype` and
 * `constructor` lead to objects that every script of the page shares.
 */
export function isMethodName(name: string): boolean {
  return /^(?!(.*\.)?(__proto__|prototype|constructor)(\.|$))(?!\d)[\w$]+(\.(?!\d)[\w$]+)*$/.test(name);
}
