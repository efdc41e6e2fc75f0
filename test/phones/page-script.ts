/**
 * Runs the script that a phone file gives its WebView, in a page that posts to the app.
 *
 * @module
 */
import vm from 'node:vm';

type Callback = (token: string | null, error?: string) => void;

/** A text with the form of a token. */
export const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

/** What the bridge on the page can do, and the text that reaches the app behind the call's identifier. */
export const pages: [what: string, method: ((callback: Callback) => void) | undefined, posted: string][] = [
  ["hands over the page's token", (callback) => callback(token), token],
  ['posts an empty token if the page refuses', (callback) => callback(null, 'Unable to generate key'), ''],
  ['posts an empty token if the page has no bridge', undefined, ''],
];

/** Returns what the page posts to the app. */
export function postedBy(script: string, method: ((callback: Callback) => void) | undefined): string[] {
  const posted: string[] = [];
  const liveAssistApp = { postMessage: (text: string) => posted.push(text) };
  const page: Record<string, unknown> = { liveAssistApp, webkit: { messageHandlers: { liveAssistApp } } };
  if (method) page.authoriseChatWithCallback = method;
  page.window = page;
  vm.runInNewContext(script, page);
  return posted;
}
