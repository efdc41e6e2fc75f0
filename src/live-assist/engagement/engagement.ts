/**
 * What Live Assist puts on the site's page: on the click it asks the page for the visitor's token, and then it chats.
 *
 * @module
 */
import { startEngagement } from '../../testing/engagement.js';
import { postJson } from '../look/post-json.js';
import type { PageSettings } from '../messaging/messaging-routes.js';
import type { VisitorView } from '../service/visitor-routes.js';
import { createChatWindow } from './chat-window.js';
import { keepConversation, keptConversation } from './kept-conversation.js';
import { type PageIdentity, startMessagingTag } from './messaging-tag.js';

declare global {
  interface Window {
    liveAssist?: {
      /** Ends the chat and clears the window, for a site where visitors sign out without leaving the page. */
      end(): void;
      /** Suggests the visitor's address in the offline survey. An empty string removes the suggestion. */
      suggestEmail(email: string): void;
      /** Shows a line next to the chat button, or none. */
      invite(sentence: string | undefined): void;
      /** Whether the window is open. */
      readonly isOpen: boolean;
      /** The id of the current engagement. It changes after `end()`. */
      readonly engagement: string;
    };
  }
}

const service = new URL('/visitor/', import.meta.url).href;

let chat: { id: string; events: EventSource } | undefined;
let engagement: string = crypto.randomUUID();
let hasClicked = false;
let email = '';
/** Changes with every click and every visitor. Work that began in an earlier turn is dropped. */
let turn = 0;
/**
 * In messaging: the settings that the page received when it loaded, and the GUID of the visitor who sees the
 * engagement.
 */
let settings: PageSettings | undefined;
let targeted: string | undefined;
let identified = 0;
let renewal: ReturnType<typeof setTimeout> | undefined;

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
    const answer = await startEngagement({ methodName, limit, wait: 0 });
    if (mine !== turn) return;
    const { outcome, token, code, message, nearest, milliseconds } = answer;
    const sent = { outcome, token, code, message, nearest, milliseconds };
    const admitted = await postJson<{ chat: string | null }>(`${service}engagements/${id}/answer`, sent);
    if (mine !== turn) {
      if (admitted.chat && !settings) void postJson(`${service}chats/${admitted.chat}/end`).catch(() => {});
    } else if (admitted.chat) {
      if (targeted) keepConversation({ chat: admitted.chat, sub: targeted, engagement });
      join(admitted.chat);
    } else shown.survey(email);
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
    if (view.state === 'ended') {
      leave();
      keepConversation(undefined);
    } else if (settings) renewAt(view.expires ?? 0, id);
  });
  events.addEventListener('error', () => {
    if (events.readyState !== EventSource.CLOSED) return;
    // Closed for good: the service no longer knows this chat.
    leave();
    shown.failed('Live Assist was restarted, and this chat was lost. Please start a new one.');
  });
}

/** Asks the page for another token. Returns whether the service accepts it for this conversation's visitor. */
async function prove(id: string): Promise<boolean> {
  const { methodName, limit } = settings ?? {};
  const { token } = await startEngagement({ ...(methodName && { methodName }), ...(limit && { limit }) });
  return postJson(`${service}chats/${id}/token`, { token }).then(
    () => true,
    () => false,
  );
}

/** Messaging asks the page again when the token has expired. */
function renewAt(expires: number, id: string): void {
  clearTimeout(renewal);
  const mine = turn;
  const wait = Math.min(Math.max(0, expires - Date.now()), 2 ** 31 - 1);
  renewal = setTimeout(async () => {
    if ((await prove(id)) || mine !== turn || chat?.id !== id) return;
    leave();
    shown.failed('Your sign-in has expired. Sign in again to go on.');
  }, wait);
}

/** The page has loaded, or called `newPage`: shows the engagement to a visitor who is named, and to nobody else. */
async function identify(identity: PageIdentity | null, functions: number): Promise<void> {
  if (identity?.sub !== targeted) part();
  const mine = ++identified;
  const kept = keptConversation();
  if (kept && kept.sub === identity?.sub) engagement = kept.engagement;
  const { isTargeted } = await postJson<{ isTargeted: boolean }>(`${service}identity`, {
    engagement,
    ...identity,
    functions,
  }).catch(() => ({ isTargeted: false }));
  if (mine !== identified) return;
  targeted = isTargeted ? identity?.sub : undefined;
  shown.offer(isTargeted, true);
  if (!targeted || kept?.sub !== targeted) return keepConversation(undefined);
  if (chat) return;
  const here = turn;
  if ((await prove(kept.chat)) && here === turn) join(kept.chat);
}

/** Hides the conversation. It continues for its visitor. */
function part(): void {
  if (targeted !== undefined) engagement = crypto.randomUUID();
  targeted = undefined;
  identified++;
  turn++;
  leave();
  shown.offer(false, true);
  shown.reset();
}

function leave(): void {
  clearTimeout(renewal);
  chat?.events.close();
  chat = undefined;
}

function end(): void {
  if (settings) {
    keepConversation(undefined);
    part();
    return;
  }
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
  get isOpen() {
    return shown.isOpen();
  },
  get engagement() {
    return engagement;
  },
};
dispatchEvent(new Event('live-assist:ready'));
// A chat ends with its page, because the next page may have another visitor. A messaging conversation continues.
addEventListener('pagehide', () => (settings ? leave() : end()));

postJson<PageSettings>(`${service}pages`).then(
  (told) => {
    if (told.product !== 'messaging') return shown.offer(true);
    settings = told;
    const monitor = new URL('monitor.js', import.meta.url).href;
    startMessagingTag({ version: told.tag, monitor, onIdentity: identify });
  },
  () => shown.offer(true),
);
