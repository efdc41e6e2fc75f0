/**
 * The agent's desk: chats come in live, and Accept shows the contact's record next to the conversation.
 *
 * @module
 */
import { postJson } from '../look/post-json.js';
import type { DeskChat, Survey } from '../service/chats.js';
import { createConversation } from './conversation.js';
import { createQueue } from './queue.js';
import { createRecord } from './record.js';
import { createSurveys } from './surveys.js';

interface DeskView {
  run: string;
  chats: DeskChat[];
  surveys: Survey[];
}

const news = document.getElementById('news') as HTMLElement;
const lost = document.getElementById('lost') as HTMLElement;
const title = document.title;
let chats: DeskChat[] = [];
let openId: string | undefined;
let run: string | undefined;

const act = (chat: DeskChat, what: string, body?: object) => postJson(`/desk/chats/${chat.id}/${what}`, body);

const record = createRecord(document.body.dataset.framesRecords === 'true');
const conversation = createConversation({
  onReply: (chat, text) => act(chat, 'messages', { text }),
  onEnd: (chat) => act(chat, 'end'),
});
const queue = createQueue({
  async onAccept(chat) {
    await act(chat, 'accept');
    open({ ...chat, state: 'accepted' });
  },
  onOpen: open,
});
const surveys = createSurveys();

/** Shows the conversation and the record of the same chat. */
function open(chat: DeskChat): void {
  openId = chat.id;
  chats = chats.map((other) => (other.id === chat.id && other.state === 'waiting' ? chat : other));
  lost.textContent = '';
  show();
  conversation.focus();
}

function show(): void {
  queue.show(chats, openId);
  const chat = chats.find(({ id }) => id === openId);
  if (chat) conversation.show(chat);
  else conversation.close();
  record.show(chat);
  document.body.toggleAttribute('data-in-chat', chat !== undefined);
}

/** Closes the record of a visitor who has gone. Both can be opened again from the list of ended chats. */
function closeIfEnded(): void {
  const chat = chats.find(({ id }) => id === openId);
  if (chat?.state !== 'ended') return;
  openId = undefined;
  news.textContent = `The chat with ${chat.visitor} has ended. It is listed under Ended chats.`;
  const hadFocus = document.activeElement?.closest('.record, .conversation');
  if (hadFocus) document.getElementById('queue-title')?.focus({ preventScroll: true });
}

/** The service was restarted and no longer knows the chats shown here. */
function tellRestart(): void {
  const open = chats.filter(({ state }) => state !== 'ended').length;
  lost.textContent = `Live Assist was restarted. ${
    open === 1
      ? 'One chat was lost'
      : open
        ? `${open} chats were lost`
        : 'Ended chats and offline messages were lost'
  }; visitors were asked to start again.`;
}

const events = new EventSource('/desk/events');
events.addEventListener('error', () => {
  document.body.dataset.offline = '';
  news.textContent = 'Live Assist cannot be reached. Trying again.';
  // A refusal closes the stream. `try` refuses the key of an earlier run.
  if (events.readyState !== EventSource.CLOSED) return;
  document.querySelector('.lost')?.replaceChildren('Offline');
  news.textContent = '';
  lost.textContent = 'Live Assist was started again. Load this page again.';
});
events.addEventListener('message', ({ data }) => {
  if (document.body.dataset.offline !== undefined) news.textContent = 'Live Assist is back.';
  delete document.body.dataset.offline;
  const view: DeskView = JSON.parse(data);
  if (run !== undefined && view.run !== run) tellRestart();
  run = view.run;
  const known = new Set(chats.map(({ id }) => id));
  for (const { id, state, visitor } of view.chats)
    if (state === 'waiting' && !known.has(id)) news.textContent = `${visitor} is waiting for an agent.`;
  const before = chats.find(({ id }) => id === openId)?.state;
  chats = view.chats;
  if (before !== 'ended') closeIfEnded();
  const waiting = chats.filter(({ state }) => state === 'waiting').length;
  document.title = waiting ? `(${waiting}) ${title}` : title;
  surveys.show(view.surveys);
  show();
});
