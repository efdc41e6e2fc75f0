/**
 * Tells the bridge and the engagement who is signed in on this page, as the documentation describes.
 *
 * @module
 */
import type {} from 'live-assist-bridge';

const tag = document.querySelector<HTMLScriptElement>('script[data-token-endpoint]');

export const visitor = (): string | null => tag?.dataset.visitor || null;

/** Call this after a sign-in, a sign-out or a change of account. It ends the former visitor's token and chat. */
export function visitorIs(next: string | null): void {
  // The bridge reads the attribute at every call.
  if (tag) tag.dataset.visitor = next ?? '';
  window.liveAssist?.suggestEmail('');
  startAfresh();
}

/** Drops the token, here and in the site's other tabs, and ends the chat. */
export function startAfresh(): void {
  window.liveAssistBridge?.bridge?.forgetToken();
  window.liveAssist?.end();
}

/** Fetches the token before the click. A failure is reported at the click. */
export function fetchAhead(): void {
  if (visitor() !== null) window.liveAssistBridge?.bridge?.getToken().catch(() => {});
}
