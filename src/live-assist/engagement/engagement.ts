/** What Live Assist puts on the site's page: asks the page who the visitor is at the click, and chats. */

import { startEngagement } from '../../testing/engagement.js';
import { postJson } from '../look/post-json.js';
import type { VisitorView } from '../service/visitor-routes.js';
import { createChatWindow } from './chat-window.js';

declare global {
  interface Window {
    liveAssist?: {
      /** For a site whose visitor leaves without leaving the page: ends the chat and clears the window. */
      end(): void;
    };
  }
}

const service = new URL('/visitor/', import.meta.url).href;

let chat: { id: string; events: EventSource } | undefined;
/** What began for an earlier visitor, or before the latest click, comes to nothing. */
let turn = 0;

const shown = createChatWindow({
  styles: new URL('engagement.css', import.meta.url).href,
  onEngage: engage,
  onEnd: () =>
    chat && postJson(`${service}chats/${chat.id}/end`).catch((error) => shown.failed(error.message)),
  onSay: (text) => postJson(`${service}chats/${chat?.id}/messages`, { text }),
  onLeaveMessage: (survey) => postJson(`${service}surveys`, survey),
});

async function engage(): Promise<void> {
  const mine = ++turn;
  leave();
  shown.connecting();
  try {
    const { id, methodName, limit } = await postJson<{ id: string; methodName: string; limit: number }>(
      `${service}engagements`,
    );
    const { outcome, token, code, milliseconds } = await startEngagement({ methodName, limit });
    if (mine !== turn) return;
    const answer = { outcome, token, code, milliseconds };
    const admitted = await postJson<{ chat: string | null }>(`${service}engagements/${id}/answer`, answer);
    if (mine !== turn) {
      if (admitted.chat) void postJson(`${service}chats/${admitted.chat}/end`).catch(() => {});
    } else if (admitted.chat) join(admitted.chat);
    else shown.survey();
  } catch (error) {
    if (mine === turn) shown.failed((error as Error).message);
  }
}

function join(id: string): void {
  const events = new EventSource(`${service}chats/${id}/events`);
  chat = { id, events };
  events.addEventListener('message', ({ data }) => {
    const view: VisitorView = JSON.parse(data);
    shown.chat(view);
    if (view.state === 'ended') leave();
  });
  events.addEventListener('error', () => {
    // Closed for good: the service no longer knows this chat.
    if (events.readyState === EventSource.CLOSED) shown.failed('This chat was interrupted.');
  });
}

function leave(): void {
  chat?.events.close();
  chat = undefined;
}

function end(): void {
  turn++;
  if (chat) void postJson(`${service}chats/${chat.id}/end`, {}, true).catch(() => {});
  leave();
  shown.reset();
}

window.liveAssist = { end };
// A chat does not outlive its page: the next one may be somebody else's.
addEventListener('pagehide', end);
