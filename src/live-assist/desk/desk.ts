/** The agent's desk: chats come in live, Accept pops the contact's record. */
import { postJson } from '../look/post-json.js';
import type { Chat, Survey } from '../service/chats.js';
import { createConversation } from './conversation.js';
import { createQueue } from './queue.js';
import { createRecord } from './record.js';
import { createSurveys } from './surveys.js';

interface DeskView {
  chats: Chat[];
  surveys: Survey[];
}

const news = document.getElementById('news') as HTMLElement;
const title = document.title;
let chats: Chat[] = [];
let openId: string | undefined;

const act = (chat: Chat, what: string, body?: object) => postJson(`/desk/chats/${chat.id}/${what}`, body);

const record = createRecord(document.body.dataset.framesRecords === 'true');
const conversation = createConversation({
  onReply: (chat, text) => act(chat, 'messages', { text }),
  onEnd: (chat) => act(chat, 'end'),
});
const queue = createQueue({
  async onAccept(chat) {
    // Within the click, for a browser opens tabs for clicks only.
    record.show(chat);
    await act(chat, 'accept');
    open(chat);
    conversation.focus();
  },
  onOpen(chat) {
    open(chat);
    record.show(chat);
    conversation.focus();
  },
});
const surveys = createSurveys();

function open(chat: Chat): void {
  openId = chat.id;
  show();
}

function show(): void {
  queue.show(chats, openId);
  const chat = chats.find(({ id }) => id === openId);
  if (chat) conversation.show(chat);
  else conversation.close();
}

const events = new EventSource('/desk/events');
events.addEventListener('error', () => {
  document.body.dataset.offline = '';
  news.textContent = 'Live Assist cannot be reached. Trying again.';
});
events.addEventListener('message', ({ data }) => {
  if (document.body.dataset.offline !== undefined) news.textContent = 'Live Assist is back.';
  delete document.body.dataset.offline;
  const view: DeskView = JSON.parse(data);
  const known = new Set(chats.map(({ id }) => id));
  for (const { id, state, visitor } of view.chats)
    if (state === 'waiting' && !known.has(id)) news.textContent = `${visitor} is waiting for an agent.`;
  chats = view.chats;
  const waiting = chats.filter(({ state }) => state === 'waiting').length;
  document.title = waiting ? `(${waiting}) ${title}` : title;
  surveys.show(view.surveys);
  show();
});
