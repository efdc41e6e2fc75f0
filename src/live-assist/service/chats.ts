/** Chats and the messages left in the offline survey, for as long as the process runs. */
import { randomUUID } from 'node:crypto';
import type { CrmContact } from './contact-lookup.js';

export interface Message {
  from: 'visitor' | 'agent';
  text: string;
}

export interface Chat {
  /** Known to the visitor's page and to agents only: whoever knows it takes part. */
  id: string;
  visitor: string;
  contact: CrmContact | null;
  state: 'waiting' | 'accepted' | 'ended';
  messages: Message[];
}

export interface Survey {
  id: string;
  email: string;
  message: string;
}

export interface Chats {
  open(visitor: string, contact: CrmContact | null): Chat;
  get(id: string): Chat | undefined;
  accept(chat: Chat): void;
  say(chat: Chat, message: Message): void;
  end(chat: Chat): void;
  leaveMessage(survey: Omit<Survey, 'id'>): void;
  all(): { chats: Chat[]; surveys: Survey[] };
  /** Fires `change`. */
  changes: EventTarget;
}

/** More than this many and the oldest go. */
const kept = { chats: 200, messages: 1000, surveys: 200 };

export function createChats(): Chats {
  const changes = new EventTarget();
  const chats = new Map<string, Chat>();
  let surveys: Survey[] = [];
  const changed = () => changes.dispatchEvent(new Event('change'));

  return {
    changes,
    open(visitor, contact) {
      const chat: Chat = { id: randomUUID(), visitor, contact, state: 'waiting', messages: [] };
      chats.set(chat.id, chat);
      for (const id of [...chats.keys()].slice(0, -kept.chats)) chats.delete(id);
      changed();
      return chat;
    },
    get: (id) => chats.get(id),
    accept(chat) {
      chat.state = 'accepted';
      changed();
    },
    say(chat, message) {
      if (chat.messages.length >= kept.messages) return;
      chat.messages.push(message);
      changed();
    },
    end(chat) {
      chat.state = 'ended';
      changed();
    },
    leaveMessage(survey) {
      surveys = [...surveys, { id: randomUUID(), ...survey }].slice(-kept.surveys);
      changed();
    },
    all: () => ({ chats: [...chats.values()], surveys }),
  };
}
