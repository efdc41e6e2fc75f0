/**
 * Stores chats and offline messages while the process runs.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { type Changes, createChanges } from '../changes.js';
import type { CrmContact } from './contact-lookup.js';

export interface Message {
  from: 'visitor' | 'agent';
  text: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface DeskChat {
  /** Secret between the visitor's page and the agents: anyone who knows the id can take part. */
  id: string;
  /** The engagement that it came from. */
  engagement: string;
  visitor: string;
  contact: CrmContact | null;
  /** The visitor's GUID, as the token names it. */
  sub?: string;
  /** When the token that it was opened or renewed with expires. Milliseconds since 1970. */
  expires?: number;
  state: 'waiting' | 'accepted' | 'ended';
  messages: Message[];
  /** Milliseconds since 1970. */
  startedAt: number;
  endedAt?: number;
}

export interface Survey {
  id: string;
  email: string;
  message: string;
  at: number;
}

export interface Chats {
  open(chat: Omit<DeskChat, 'id' | 'state' | 'messages' | 'startedAt' | 'endedAt'>): DeskChat;
  /** The conversation of this visitor that has not ended. */
  of(sub: string): DeskChat | undefined;
  renew(chat: DeskChat, expires: number): void;
  get(id: string): DeskChat | undefined;
  accept(chat: DeskChat): void;
  say(chat: DeskChat, message: Omit<Message, 'at'>): void;
  end(chat: DeskChat): void;
  leaveMessage(survey: Omit<Survey, 'id' | 'at'>): void;
  /** `run` changes after a restart, so that a desk that reconnects notices. */
  all(): { run: string; chats: DeskChat[]; surveys: Survey[] };
  /** A chat's id is the topic of its own changes, `all` the topic of every change. */
  changes: Changes;
}

/** The maximum numbers to keep. The oldest are dropped first, but never a chat that has not ended. */
const kept = { ended: 100, messages: 1000, surveys: 200 };

/** How long a chat that has ended is kept, in milliseconds. */
const keptFor = 30 * 60_000;

export function createChats(): Chats {
  const run = randomUUID();
  const changes = createChanges();
  const chats = new Map<string, DeskChat>();
  let surveys: Survey[] = [];
  const changed = ({ id }: { id: string }) => {
    changes.announce(id);
    changes.announce('all');
  };

  const forgetOld = () => {
    const ended = [...chats.values()]
      .filter(({ state }) => state === 'ended')
      .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
    const surplus = ended.length - kept.ended;
    for (const [index, chat] of ended.entries())
      if (index < surplus || Date.now() - (chat.endedAt ?? 0) > keptFor) chats.delete(chat.id);
  };

  return {
    changes,
    open(given) {
      forgetOld();
      const chat: DeskChat = {
        id: randomUUID(),
        ...given,
        state: 'waiting',
        messages: [],
        startedAt: Date.now(),
      };
      chats.set(chat.id, chat);
      changed(chat);
      return chat;
    },
    get(id) {
      forgetOld();
      return chats.get(id);
    },
    of: (sub) => [...chats.values()].find((chat) => chat.sub === sub && chat.state !== 'ended'),
    renew(chat, expires) {
      chat.expires = expires;
      changed(chat);
    },
    accept(chat) {
      chat.state = 'accepted';
      changed(chat);
    },
    say(chat, message) {
      if (chat.messages.length >= kept.messages) return;
      chat.messages.push({ ...message, at: Date.now() });
      changed(chat);
    },
    end(chat) {
      if (chat.state === 'ended') return;
      chat.state = 'ended';
      chat.endedAt = Date.now();
      forgetOld();
      changed(chat);
    },
    leaveMessage(survey) {
      surveys = [...surveys, { id: randomUUID(), ...survey, at: Date.now() }].slice(-kept.surveys);
      changes.announce('all');
    },
    all() {
      forgetOld();
      return { run, chats: [...chats.values()], surveys };
    },
  };
}
