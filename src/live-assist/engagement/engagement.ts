/**
 * What Live Assist puts on the site's page: asks the page who the visitor is at the click, and chats.
 *
 * @module
 */
import { startEngagement } from '../../testing/engagement.js';
import { postJson } from '../look/post-json.js';
import type { VisitorView } from '../service/visitor-routes.js';
import { createChatWindow } from './chat-window.js';

declare global {
  interface Window {
    liveAssist?: {
      /** For a site whose visitor leaves without leaving the page: ends the chat and clears the window. */
      end(): void;
      /** What the site knows of its visitor, for the offline survey. Empty: nothing any more. */
      suggestEmail(email: string): void;
      /** Shows a line next to the chat button, or none. */
      invite(sentence: string | undefined): void;
      /** Names what has happened here since the visitor came; another one after `end()`. */
      readonly engagement: string;
    };
  }
}

const service = new URL('/visitor/', import.meta.url).href;

let chat: { id: string; events: EventSource } | undefined;
let engagement = crypto.randomUUID();
let hasClicked = false;
let email = '';
/** Whatever began for an earlier visitor, or before the latest click, is dropped. */
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
  hasClicked = true;
  leave();
  shown.connecting();
  try {
    const { id, methodName, limit } = await postJson<{ id: string; methodName: string; limit: number }>(
      `${service}engagements`,
      { engagement },
    );
    const answer = await startEngagement({ methodName, limit });
    if (mine !== turn) return;
    const { outcome, token, code, message, nearest, milliseconds } = answer;
    const sent = { outcome, token, code, message, nearest, milliseconds };
    const admitted = await postJson<{ chat: string | null }>(`${service}engagements/${id}/answer`, sent);
    if (mine !== turn) {
      if (admitted.chat) void postJson(`${service}chats/${admitted.chat}/end`).catch(() => {});
    } else if (admitted.chat) join(admitted.chat);
    else shown.survey(email);
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
    if (events.readyState !== EventSource.CLOSED) return;
    // Closed for good: the service no longer knows this chat.
    leave();
    shown.failed('Live Assist was restarted, and this chat was lost. Please start a new one.');
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
  if (hasClicked) void postJson(`${service}engagements/over`, { engagement }, true).catch(() => {});
  hasClicked = false;
  engagement = crypto.randomUUID();
  shown.reset();
}

window.liveAssist = {
  end,
  suggestEmail(known) {
    email = known;
  },
  invite: shown.invite,
  get engagement() {
    return engagement;
  },
};
dispatchEvent(new Event('live-assist:ready'));
// A chat does not outlive its page: the next one may be somebody else's.
addEventListener('pagehide', end);
