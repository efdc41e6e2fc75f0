/**
 * Writes the report of a page's chats that is attached to a test. The report contains no token.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { refusalSteps } from '../../diagnosis/refusal-step.js';
import type { Chat } from '../engagement/chat.js';
import { hasFailedExpectation } from '../expect/failed-chats.js';
import { disguisesOf } from '../secrets/disguises-of.js';
import type { ContextRecord } from './context-record.js';
import type { Exchange } from './exchange.js';
import { maskHeader, maskTokens } from './mask.js';

export interface ReportedChats {
  chats: Chat[];
  page: Page;
  record: ContextRecord;
  tokenEndpoint: string | undefined;
}

/** The maximum number of characters of an answer that a report shows. */
const longest = 4_000;

/** Returns the report in Markdown. */
export async function reportChats({ chats, page, record, tokenEndpoint }: ReportedChats): Promise<string> {
  const exchanges = await record.exchanges(page);
  const lines = record.lines(page, 'all');
  const text = [
    `# Chats on ${place(page.url())}`,
    ...chats.flatMap(describeChat),
    '## Messages of the bridge',
    lines.length > 0 ? list(lines) : 'None on the console of this page.',
    '## Requests to the token endpoint',
    ...(tokenEndpoint === undefined ? ['Unknown. Set liveAssist.tokenEndpoint in `use`.'] : []),
    ...(tokenEndpoint !== undefined && exchanges.length === 0
      ? [`None to ${tokenEndpoint} by this page.`]
      : []),
    ...exchanges.map(describeExchange),
  ].join('\n\n');
  return `${maskTokens(withoutKnown(text, [...record.tokens]))}\n`;
}

/** A token may be unreadable as a JWT, and an endpoint may send it in parts or encoded. So seen tokens are masked literally. */
function withoutKnown(text: string, tokens: string[]): string {
  const whole = tokens.reduce((rest, token) => rest.replaceAll(token, '(token)'), text);
  const encoded = tokens
    .flatMap(disguisesOf)
    .reduce((rest, disguise) => rest.replaceAll(disguise, '(token in disguise)'), whole);
  return encoded.replace(/[\w-]{24,}/g, (run) =>
    tokens.some((token) => token.includes(run)) ? '(part of a token)' : run,
  );
}

const list = (lines: string[]) => lines.map((line) => `- ${line}`).join('\n');

function describeChat(chat: Chat, index: number): string[] {
  const { outcome, code, cause, step, message, reason, claims, target, isRepeated } = chat;
  const facts = [
    `outcome: ${outcome}`,
    ...(code === undefined ? [] : [`code: ${code}`]),
    ...(cause === undefined ? [] : [`cause: ${cause}`]),
    ...(step === undefined ? [] : [`step: ${step} of 8, ${refusalSteps[step - 1]}`]),
    ...(reason === undefined ? [] : [`reason: ${reason}`]),
    ...(target === undefined ? [] : [`the page went to: ${target}`]),
    outcome === 'method-missing'
      ? `waited for the method: ${chat.waited} ms`
      : `the method appeared: ${chat.waited > 0 ? `${chat.waited} ms after start()` : 'at once'}`,
    ...(outcome === 'method-missing'
      ? []
      : [`time from the click to the answer: ${Math.round(chat.milliseconds)} ms`]),
    ...(isRepeated ? ['the token was handed over before in this test'] : []),
    ...(chat.second ? [`second answer: ${briefly(chat.second)}`] : []),
    ...chat.lateAnswers.map(
      (late) => `late answer after ${Math.round(late.milliseconds)} ms: ${briefly(late)}`,
    ),
    ...(claims ? [`claims: ${JSON.stringify(claims)}`] : []),
  ];
  const failed = hasFailedExpectation(chat) ? ' (an expectation of it failed)' : '';
  return [
    `## Chat ${index + 1}: ${outcome}${code === undefined ? '' : ` (${code})`}${failed}`,
    list(facts),
    ...(message === undefined ? [] : [message]),
  ];
}

const briefly = ({ outcome, reason, claims }: Pick<Chat, 'outcome' | 'reason' | 'claims'>) =>
  [outcome, reason ?? (claims && `sub ${claims.sub}`)].filter(Boolean).join(', ');

function describeExchange(exchange: Exchange): string {
  const { method, url, status, failure, milliseconds, body } = exchange;
  const answer = status === undefined ? `failed: ${failure ?? 'no answer'}` : `answered ${status}`;
  const text = maskTokens(body);
  const shown = text.length > longest ? `${text.slice(0, longest)} … (${text.length} characters)` : text;
  return [
    `### ${method} ${url}: ${answer} after ${milliseconds} ms`,
    ...(exchange.fromServiceWorker ? ['A service worker of the site answered.'] : []),
    `Request headers:\n\n${headers(exchange.requestHeaders)}`,
    ...(status === undefined
      ? []
      : [
          `Answer headers:\n\n${headers(exchange.headers)}`,
          shown === '' ? 'The body is empty, or could not be read.' : `Body:\n\n\`\`\`\n${shown}\n\`\`\``,
        ]),
  ].join('\n\n');
}

const headers = (all: Record<string, string>) =>
  list(Object.entries(all).map(([name, value]) => `${name}: ${maskHeader(name, value)}`)) || 'None.';

const place = (url: string) => (URL.canParse(url) ? url.replace(/[?#].*/, '') : url);
