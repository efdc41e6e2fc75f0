/**
 * Collects the places in a context where texts with the form of a token have appeared.
 *
 * @module
 */
import type { BrowserContext } from '@playwright/test';
import type { ContextRecord } from '../record/context-record.js';
import { tokensIn } from '../record/exchange.js';
import { disguisesOf } from './disguises-of.js';
import { findSecrets } from './find-secrets.js';
import { watchSecrets } from './watch-secrets.js';

/** A token and the place where it appeared. */
export interface Sighting {
  where: string;
  /** The page's address without its query, if known. */
  page: string;
  /** A token, or its disguise. */
  token: string;
}

const reportName = '__liveAssistSecret';

const sightings = new WeakMap<BrowserContext, Sighting[]>();

/** Watches all present and future pages of `context`. */
export async function watchContext(context: BrowserContext): Promise<void> {
  if (sightings.has(context)) return;
  const seen: Sighting[] = [];
  sightings.set(context, seen);
  await context.exposeBinding(reportName, ({ frame }, where: string, token: string) => {
    seen.push({ where, page: place(frame.url()), token });
  });
  await context.addInitScript(watchSecrets, reportName);
  await Promise.all(context.pages().map((page) => page.evaluate(watchSecrets, reportName).catch(() => {})));
}

/** Returns all sightings since the context has been watched, including those on the pages now. */
export async function secretsOf(context: BrowserContext, record: ContextRecord): Promise<Sighting[]> {
  // Awaited first, because all answers of the token endpoint have been read by then.
  const recorded = await record.traces();
  const disguises = [...record.tokens].flatMap(disguisesOf);
  const named = (where: string, text: string, page: string): Sighting[] =>
    [...tokensIn(text), ...disguises.filter((one) => text.includes(one))].map((token) => ({
      where,
      page,
      token,
    }));
  const now: Sighting[] = [];
  for (const frame of context.pages().flatMap((page) => page.frames())) {
    const found = await frame.evaluate(findSecrets, disguises).catch(() => []);
    now.push(...found.map(([where, token]) => ({ where, token, page: place(frame.url()) })));
  }
  const { cookies, origins } = await context
    .storageState({ indexedDB: true })
    .catch(() => context.storageState());
  for (const { name, value, httpOnly, domain } of cookies)
    if (!httpOnly) now.push(...named(`the cookie "${name}", which scripts can read`, value, domain));
  for (const { origin, ...stored } of origins)
    now.push(...named('localStorage or IndexedDB', JSON.stringify(stored), origin));
  const traces = recorded.flatMap(({ where, text }) => named(where, text, ''));
  return [...(sightings.get(context) ?? []), ...now, ...traces];
}

const place = (url: string) => url.replace(/[?#].*/, '');
