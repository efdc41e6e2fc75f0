/**
 * Remembers in this tab which conversation the visitor has, so that it survives a page load. Never a token.
 *
 * @module
 */

export interface KeptConversation {
  chat: string;
  /** Whose conversation it is. */
  sub: string;
  engagement: string;
}

const key = 'live-assist-conversation';

export function keepConversation(kept: KeptConversation | undefined): void {
  try {
    if (kept) sessionStorage.setItem(key, JSON.stringify(kept));
    else sessionStorage.removeItem(key);
  } catch {
    // A sandboxed frame has no storage. Its conversation ends with the page.
  }
}

export function keptConversation(): KeptConversation | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
