/**
 * Chats of the stand-in: which are kept, which are dropped, and which listeners are told.
 *
 * @module
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createChats } from '../../src/live-assist/service/chats.js';

const minute = 60_000;
const start = (chats: ReturnType<typeof createChats>, visitor: string) =>
  chats.open({ visitor, contact: null, engagement: visitor });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('chats', () => {
  it('keeps a live chat while 500 newer ones end', () => {
    const chats = createChats();
    const waiting = start(chats, 'waiting');
    const accepted = start(chats, 'accepted');
    chats.accept(accepted);
    for (let index = 0; index < 500; index++) chats.end(start(chats, `visitor ${index}`));
    expect(chats.get(waiting.id)).toBe(waiting);
    expect(chats.get(accepted.id)).toBe(accepted);
    const { chats: all } = chats.all();
    expect(all.length).toBeLessThan(150);
    expect(all.at(-1)?.visitor, 'of the ended ones, the latest stay').toBe('visitor 499');
  });

  it('forgets a chat half an hour after it ended, and never before', () => {
    const chats = createChats();
    const ended = start(chats, 'ended');
    const live = start(chats, 'live');
    chats.end(ended);
    vi.advanceTimersByTime(30 * minute);
    expect(chats.get(ended.id)).toBe(ended);
    vi.advanceTimersByTime(minute);
    expect(chats.get(ended.id)).toBeUndefined();
    vi.advanceTimersByTime(600 * minute);
    expect(chats.all().chats).toEqual([live]);
  });

  it('tells only those who follow the chat that changed', () => {
    const chats = createChats();
    const [mine, other] = [start(chats, 'mine'), start(chats, 'other')];
    let woken = 0;
    const stop = chats.changes.follow(mine.id, () => woken++);
    chats.say(other, { from: 'visitor', text: 'Hello' });
    chats.accept(other);
    chats.end(other);
    expect(woken).toBe(0);
    chats.say(mine, { from: 'agent', text: 'Hello' });
    expect(woken).toBe(1);
    stop();
    chats.end(mine);
    expect(woken).toBe(1);
  });

  it('notes when each message was written', () => {
    vi.setSystemTime(new Date('2026-11-30T12:00:00Z'));
    const chats = createChats();
    const chat = start(chats, 'visitor');
    chats.say(chat, { from: 'visitor', text: 'Hello' });
    expect(chat.messages[0]?.at).toBe(Date.parse('2026-11-30T12:00:00Z'));
  });
});
