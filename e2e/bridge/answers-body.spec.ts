/**
 * A token is accepted in every supported form; everything else is refused with the name of its defect.
 *
 * @module
 */
import { gzipSync } from 'node:zlib';
import { codes, engage, expect, refusal, test } from './field.js';
import { flood, html, json, reply, status } from './misbehave.js';
import type { Behaviour } from './site.js';

const accepted: [name: string, answer: (token: string) => Behaviour, tokenField?: string][] = [
  ['JSON', (token) => json({ token })],
  ['JSON that says it is text', (token) => reply(JSON.stringify({ token }))],
  ['a nested field', (token) => json({ data: { token } }), 'data.token'],
  ['a field of another name', (token) => json({ jwt: token }), 'jwt'],
  ['a JSON string', (token) => json(token)],
  ['text', (token) => reply(token)],
  ['text with a trailing newline', (token) => reply(`${token}\r\n`)],
  ['JSON with a padded token', (token) => json({ token: ` ${token}\n` })],
  ['JSON behind a byte order mark', (token) => reply(`\uFEFF${JSON.stringify({ token })}`)],
  ['text behind a byte order mark', (token) => reply(`\uFEFF${token}`)],
  ['gzip', (token) => reply(gzipSync(JSON.stringify({ token })), { 'Content-Encoding': 'gzip' })],
  ['an Age of nought', (token) => json({ token }, { Age: '0' })],
  [
    'chunks after early hints',
    (token) => (response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      response.write('{"token":"');
      for (const part of token.match(/.{1,50}/g) ?? []) response.write(part);
      response.end('"}');
    },
  ],
];

for (const [name, answer, tokenField] of accepted) {
  test(`hands over a token that comes as ${name}`, async ({ site, mint, visit }) => {
    const token = await mint();
    site.serve('/token', answer(token));
    expect(await engage(await visit(tokenField ? { tokenField } : {}))).toEqual([token]);
  });
}

const refused: [name: string, answer: (token: string) => Behaviour, code: string, sentence: RegExp][] = [
  ['204', () => status(204), 'not-a-token', /empty/],
  ['an empty body', () => status(200), 'not-a-token', /empty/],
  ['a sign-in page', () => html('<!doctype html><form>Sign in</form>'), 'not-a-token', /HTML/],
  ['a page that holds a token', (token) => html(`<html><p>${token}</p>`), 'not-a-token', /HTML/],
  ['a page that is a token in tags', (token) => html(`<pre>${token}</pre>`), 'not-a-token', /HTML/],
  ['JSON without the field', (token) => json({ jwt: token, user: 7 }), 'not-a-token', /jwt.*user/],
  ['a nested field that is not told', (token) => json({ data: { token } }), 'not-a-token', /data/],
  ['a field that is an object', (token) => json({ token: { token } }), 'not-a-token', /token/],
  ['a field that is a number', () => json({ token: 4711 }), 'not-a-token', /token/],
  ['a list', (token) => json([token]), 'not-a-token', /./],
  ['broken JSON', (token) => reply(`{"token":"${token}"`), 'not-a-token', /./],
  ['Bearer and a token', (token) => json({ token: `Bearer ${token}` }), 'not-a-token', /Bearer/],
  ['bearer in small letters as text', (token) => reply(`bearer ${token}`), 'not-a-token', /Bearer/],
  ['two tokens', (token) => reply(`${token}\n${token}`), 'not-a-token', /./],
  ['an answer with an Age', (token) => json({ token }, { Age: '5' }), 'cached-answer', /cache/],
  ['an answer with two Ages', (token) => json({ token }, { Age: ['7', '5'] }), 'cached-answer', /cache/],
  ['50 MB', () => flood(50), 'not-a-token', /./],
  ['a token and 50 MB', (token) => flood(50, `{"token":"${token}","more":"`), 'not-a-token', /./],
];

for (const [name, answer, code, sentence] of refused) {
  test(`refuses ${name} as ${code}`, async ({ site, mint, visit, watched }) => {
    watched.warns(sentence);
    site.serve('/token', answer(await mint()));
    const page = await visit();
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual([code]);
    expect(site.requests()).toHaveLength(1);
  });
}

test('closes the connection of an endless answer early', async ({ site, visit, watched }) => {
  watched.warns('not-a-token');
  site.serve('/token', flood(50));
  await engage(await visit());
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

for (const [name, answer] of [
  ['null as the token', json({ token: null })],
  ['the word signed-out', json({ error: 'signed-out' })],
] as const) {
  test(`treats ${name} as a visitor who is signed out`, async ({ site, visit }) => {
    site.serve('/token', answer);
    const page = await visit();
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['signed-out']);
  });
}

test('asks for JSON or text', { tag: '@core' }, async ({ site, mint, visit }) => {
  site.serve('/token', json({ token: await mint() }));
  await engage(await visit());
  expect(site.requests()[0]?.headers.accept).toMatch(/application\/json.*text\/plain/);
});

test('takes nothing from the browser cache', async ({ site, mint, visit }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  const cacheable = { 'Cache-Control': 'public, max-age=3600' };
  site.serve('/token', json({ token: former }, cacheable), json({ token: present }, cacheable));
  expect(await engage(await visit())).toEqual([former]);
  expect(await engage(await visit())).toEqual([present]);
});
