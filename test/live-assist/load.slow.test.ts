/**
 * One hundred visitors chat at once. Every chat at the desk is checked: none is lost, and none belongs to another
 * visitor.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../demo/start-demo.js';
import type { DeskChat } from '../../src/live-assist/service/chats.js';
import { createMinter, type Mint } from '../../src/server/mint.js';

const visitors = Array.from({ length: 100 }, (_, index) => ({
  id: randomUUID(),
  givenName: `Visitor${index}`,
  familyName: `Number${index}`,
  email: `visitor-${index}@example.com`,
}));

let dataDir: string;
let demo: Demo;
let mint: Mint;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'live-assist-load-'));
  demo = await startDemo({ port: 0, dataDir });
  const database = new Database(join(dataDir, 'crm.db'));
  const insert = database.prepare(
    'INSERT INTO contacts (contactid, firstname, lastname, fullname, emailaddress1, statecode) VALUES (?, ?, ?, ?, ?, 0)',
  );
  for (const { id, givenName, familyName, email } of visitors)
    insert.run(id, givenName, familyName, `${givenName} ${familyName}`, email);
  database.close();
  const privateKey = readFileSync(join(dataDir, 'private_key.pem'), 'utf8');
  mint = await createMinter({ privateKey, issuer: 'www.larkfield.example' });
});

afterAll(async () => {
  await demo.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const url = new URL(path, demo.desk);
  const Origin = path.startsWith('/desk') ? url.origin : demo.site;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json() as Promise<Answer>;
}

/** The first state of an event stream that `isIt` accepts. */
async function waitFor<State>(path: string, isIt: (state: State) => boolean): Promise<State> {
  const response = await fetch(new URL(path, demo.desk));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ; ) {
    const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) throw new Error(`${path} ended.`);
    text += value;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const state = JSON.parse(event.replace(/^data: /gm, '')) as State;
      if (!isIt(state)) continue;
      await reader?.cancel();
      return state;
    }
  }
}

it('loses no chat of 100 visitors and shows no one another visitor’s', async () => {
  const chats = await Promise.all(
    visitors.map(async (visitor) => {
      const { id } = await post<{ id: string }>('/visitor/engagements', { engagement: randomUUID() });
      const token = await mint(visitor);
      const answer = { outcome: 'authenticated', token, milliseconds: 5 };
      const { chat } = await post<{ chat: string | null }>(`/visitor/engagements/${id}/answer`, answer);
      if (chat === null) throw new Error(`${visitor.givenName} was not let in.`);
      await post(`/visitor/chats/${chat}/messages`, { text: `I am ${visitor.id}` });
      return { chat, visitor };
    }),
  );
  const desk = await waitFor<{ chats: DeskChat[] }>(
    '/desk/events',
    (state) => state.chats.length === visitors.length,
  );
  for (const { chat, visitor } of chats) {
    const shown = desk.chats.find(({ id }) => id === chat);
    expect(shown?.visitor).toBe(`${visitor.givenName} ${visitor.familyName}`);
    expect(shown?.contact).toMatchObject({ id: visitor.id, email: visitor.email });
    expect(shown?.contact?.record).toContain(visitor.id);
    expect(shown?.messages.map(({ text }) => text)).toEqual([`I am ${visitor.id}`]);
  }

  await Promise.all(
    desk.chats.map(async ({ id, contact }) => {
      await post(`/desk/chats/${id}/accept`, {});
      await post(`/desk/chats/${id}/messages`, { text: `Hello ${contact?.id}` });
    }),
  );
  await Promise.all(
    chats.map(async ({ chat, visitor }) => {
      const { messages } = await waitFor<Pick<DeskChat, 'messages'>>(
        `/visitor/chats/${chat}/events`,
        (state) => state.messages.length >= 2,
      );
      expect(messages.map(({ text }) => text)).toEqual([`I am ${visitor.id}`, `Hello ${visitor.id}`]);
    }),
  );
});
