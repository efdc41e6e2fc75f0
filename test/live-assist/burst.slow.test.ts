/**
 * Three hundred browsers sign in, chat, switch to another account, chat again and sign out, all at once. Then a demo is
 * killed in the middle of fifty chats.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Account, accounts } from '../../demo/site/accounts.js';
import { startDemo } from '../../demo/start-demo.js';
import type { DeskChat } from '../../src/live-assist/service/chats.js';

// The fourth person has no contact in the CRM.
const inCrm = accounts.slice(0, 3);
const account = (index: number) => inCrm[index % inCrm.length] as Account;

interface Addresses {
  site: string;
  desk: string;
}

/** Generous, because the machine may be busy, and a demo that is started alone may have to build the package first. */
const patience = 600_000;

let dataDir: string;
const processes: ChildProcess[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'live-assist-burst-'));
});
afterEach(async () => {
  for (const child of processes.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
});

/** A browser with its own session. */
function createBrowser({ site, desk }: Addresses) {
  const Origin = new URL(site).origin;
  let cookie = '';
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(new URL(path, site), { redirect: 'manual', ...init, headers: { Origin, Cookie: cookie } });
  const tell = async <Answer>(path: string, body: object): Promise<Answer> => {
    const headers = { 'Content-Type': 'application/json', Origin };
    const response = await fetch(new URL(path, desk), {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
    return response.json();
  };
  return {
    async signIn({ email, password }: Account) {
      const response = await ask('/sign-in', {
        method: 'POST',
        body: new URLSearchParams({ email, password }),
      });
      expect(response.status).toBe(303);
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    },
    async signOut() {
      expect((await ask('/sign-out', { method: 'POST' })).status).toBe(303);
    },
    token: () => ask('/live-assist/token'),
    /** One chat of the visitor who is signed in. Its text identifies it at the desk. */
    async chat(): Promise<{ id: string; text: string }> {
      const { token } = await (await ask('/live-assist/token')).json();
      const { id } = await tell<{ id: string }>('/visitor/engagements', { engagement: randomUUID() });
      const answer = { outcome: 'authenticated', token, milliseconds: 5 };
      const { chat } = await tell<{ chat: string | null }>(`/visitor/engagements/${id}/answer`, answer);
      if (chat === null) throw new Error('A visitor was not let in.');
      const text = randomUUID();
      await tell(`/visitor/chats/${chat}/messages`, { text });
      return { id: chat, text };
    },
  };
}

async function deskChats({ desk }: Addresses): Promise<DeskChat[]> {
  const response = await fetch(new URL('/desk/events', desk));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('\n\n')) text += (await reader?.read())?.value ?? '';
  await reader?.cancel();
  return (JSON.parse(text.split('\n\n')[0]?.replace(/^data: /gm, '') ?? '') as { chats: DeskChat[] }).chats;
}

/** No time limit of the site and of Live Assist ends anything. */
function suspendTimeLimits() {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
}

it(
  'shows each chat of 300 visitors who sign in, switch and sign out with the right record',
  async () => {
    const demo = await startDemo({ port: 0, dataDir });
    suspendTimeLimits();
    const start = performance.now();
    const visits = await Promise.allSettled(
      Array.from({ length: 300 }, async (_, index) => {
        const browser = createBrowser(demo);
        await browser.signIn(account(index));
        const first = await browser.chat();
        await browser.signIn(account(index + 1));
        const second = await browser.chat();
        await browser.signOut();
        expect((await browser.token()).status).toBe(401);
        return [
          { ...first, email: account(index).email },
          { ...second, email: account(index + 1).email },
        ];
      }),
    );
    const took = Math.round(performance.now() - start);
    const shown = new Map((await deskChats(demo)).map((chat) => [chat.id, chat]));
    vi.useRealTimers();
    vi.restoreAllMocks();
    await demo.close();

    const lost = visits.filter(({ status }) => status === 'rejected');
    const chats = visits.flatMap((visit) => (visit.status === 'fulfilled' ? visit.value : []));
    const wrong = chats.filter(({ id, text, email }) => {
      const chat = shown.get(id);
      return chat?.contact?.email !== email || chat.messages.map((message) => message.text).join() !== text;
    });
    console.log(`600 chats of 300 visitors: ${took} ms, ${wrong.length} wrong, ${lost.length} lost.`);
    expect({ wrong, lost, chats: chats.length, shown: shown.size }).toEqual({
      ...{ wrong: [], lost: [] },
      ...{ chats: 600, shown: 600 },
    });
  },
  patience,
);

/** The demo's command as a process of its own, once all its addresses are printed. */
async function spawnDemo(): Promise<Addresses & { process: ChildProcess }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts', '--port', '0'], {
    env: { ...process.env, DEMO_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  let said = '';
  const address = (label: string) => new RegExp(`${label}\\s+(http\\S+)`).exec(said)?.[1] ?? '';
  for await (const part of child.stdout) {
    said += part;
    if (said.includes('Ctrl-C')) break;
  }
  return { process: child, site: address('site'), desk: address('desk') };
}

it(
  'keeps keys, configuration and contacts when it is killed in the middle',
  async () => {
    const files = ['private_key.pem', 'live-assist.json'];
    const read = () => files.map((name) => readFileSync(join(dataDir, name), 'utf8'));
    const first = await spawnDemo();
    const before = read();
    const visitor = createBrowser(first);
    await visitor.signIn(account(0));
    const killed = once(first.process, 'exit');
    const underWay = Array.from({ length: 50 }, () => visitor.chat());
    await Promise.any(underWay);
    first.process.kill('SIGKILL');
    await killed;
    const outcomes = await Promise.allSettled(underWay);
    expect(outcomes.map(({ status }) => status)).toContain('rejected');

    const second = await spawnDemo();
    expect(read()).toEqual(before);
    const again = createBrowser(second);
    await again.signIn(account(1));
    const { id } = await again.chat();
    const [shown] = (await deskChats(second)).filter((chat) => chat.id === id);
    expect(shown?.contact?.email).toBe(account(1).email);
  },
  patience,
);
