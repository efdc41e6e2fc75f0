/**
 * Records what the pages of a context do: requests to the token endpoint, console lines, tokens.
 *
 * @module
 */
import type { BrowserContext, Page, Request } from '@playwright/test';
import { matchEndpoint } from '../faults/fault.js';
import { watchScripts } from '../page/watch-scripts.js';
import { watchContext } from '../secrets/secrets-of.js';
import { type Exchange, readExchange, tokensIn } from './exchange.js';
import { networkOf } from './page-network.js';
import { reportBodies } from './reported-bodies.js';

export interface ContextRecord {
  /** Resolves when future pages will be watched. */
  ready: Promise<unknown>;
  /** All tokens that the token endpoint has answered, and those handed over in chats. */
  tokens: Set<string>;
  /** Requests to the token endpoint and their answers, once both are complete. */
  exchanges(page: Page): Promise<Exchange[]>;
  /** The lines that the bridge has written to the console of `page`, in its present document or in all documents. */
  lines(page: Page, documents: 'present' | 'all'): string[];
  /** All console lines and addresses so far, as text, each with its origin. */
  traces(): Promise<Trace[]>;
}

/** A text that must not contain a token. */
export interface Trace {
  where: string;
  text: string;
}

const records = new WeakMap<BrowserContext, ContextRecord>();

/** Returns the record of `context`, if there is one. */
export const recordOf = (context: BrowserContext): ContextRecord | undefined => records.get(context);

/** Records `context` from the first call on. */
export function recordContext(context: BrowserContext, tokenEndpoint: string | undefined): ContextRecord {
  const known = records.get(context);
  if (known) return known;

  const isEndpoint = tokenEndpoint === undefined ? () => false : matchEndpoint(tokenEndpoint);
  const bodies = reportBodies(context, tokenEndpoint);
  const tokens = new Set<string>();
  const begun = new WeakMap<Request, number>();
  const exchanges: Promise<Exchange>[] = [];
  const traces: Promise<Trace>[] = [];
  const lines: { page: Page; document: number; text: string }[] = [];

  const trace = (where: string, text: string) => traces.push(Promise.resolve({ where, text }));
  const end = (request: Request) => {
    if (!isEndpoint(new URL(request.url()))) return;
    const milliseconds = performance.now() - (begun.get(request) ?? performance.now());
    const exchange = readExchange(request, milliseconds, bodies);
    exchanges.push(exchange);
    exchange.then(({ body }) => {
      for (const token of tokensIn(body)) tokens.add(token);
    });
  };
  context.on('request', (request) => {
    begun.set(request, performance.now());
    trace('the address of a request', request.url());
  });
  context.on('requestfinished', end);
  context.on('requestfailed', end);
  context.on('weberror', (error) => trace('an uncaught exception', String(error.error())));
  context.on('console', (message) => {
    const page = message.page();
    const text = message.text();
    if (page && text.startsWith('live-assist-bridge: '))
      lines.push({ page, document: networkOf(page).documents(), text });
    const where = `the console (${message.type()})`;
    trace(where, text);
    // The line's text abbreviates objects.
    for (const arg of message.args())
      if (/[{[(@]/.test(String(arg)))
        traces.push(
          arg.jsonValue().then(
            (value) => ({ where, text: JSON.stringify(value) ?? '' }),
            () => ({ where, text: '' }),
          ),
        );
  });
  const follow = (page: Page) => {
    networkOf(page);
    page.on('framenavigated', (frame) => trace('the address of a page', frame.url()));
    page.on('websocket', (socket) => trace('the address of a WebSocket', socket.url()));
  };
  context.on('page', follow);
  context.pages().forEach(follow);

  const ready = Promise.all([
    context.addInitScript(watchScripts),
    watchContext(context),
    bodies.ready,
    ...context.pages().map((page) => page.evaluate(watchScripts).catch(() => {})),
  ]);
  // Avoids an unhandled rejection. Starting an engagement reports the failure.
  ready.catch(() => {});

  const record: ContextRecord = {
    ready,
    tokens,
    exchanges: async (page) =>
      (await Promise.all(exchanges)).filter((exchange) => exchange.page === page || !exchange.page),
    lines: (page, documents) =>
      lines
        .filter(
          (line) =>
            line.page === page && (documents === 'all' || line.document === networkOf(page).documents()),
        )
        .map(({ text }) => text),
    traces: async () => {
      await Promise.all(exchanges);
      return Promise.all(traces);
    },
  };
  records.set(context, record);
  return record;
}
