/** Who is signed in on this page, as the bridge is to know it. */
import type {} from 'live-assist-bridge';

const tokenEndpoint = '/live-assist/token';
const tag = document.querySelector<HTMLScriptElement>('script[data-token-endpoint]');

let visitor: string | null = tag?.dataset.visitor || null;
let bridge = window.liveAssistBridge?.bridge;
let followsThisPage = false;

export const isKnown = (): boolean => visitor !== null;

/**
 * The tag speaks for the visitor whom the server printed into the page. Once the page changes hands by itself, a
 * bridge that follows takes the tag's place.
 */
export function visitorIs(next: string): void {
  forgetVisitor();
  visitor = next;
  if (followsThisPage) return;
  followsThisPage = true;
  bridge = window.liveAssistBridge?.createBridge({ tokenEndpoint, visitor: () => visitor });
}

/** No token and no chat of the former visitor outlives this, here and in the site's other tabs. */
export function forgetVisitor(): void {
  visitor = null;
  // While the tag's bridge speaks for the page, it goes by this.
  if (tag) tag.dataset.visitor = '';
  bridge?.forgetToken();
  window.liveAssist?.end();
}

/** So that the click on the chat button finds the token there. Whoever has none hears of it then. */
export function fetchAhead(): void {
  if (visitor !== null) bridge?.getToken().catch(() => {});
}
