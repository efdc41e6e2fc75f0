/**
 * The option `visitor`: read at every call and before every hand-over.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { codes, engage, expect, refusal, test } from './field.js';
import { hold, json } from './misbehave.js';

const become = (page: Page, visitor: string | null | undefined) =>
  page.evaluate((who) => {
    Object.assign(window, { visitor: who });
  }, visitor);

const withVisitor = `{ tokenEndpoint: '/token', onError() {}, visitor: () => window.visitor }`;

for (const next of ['bob', null, undefined]) {
  test(`forgets the kept token when the visitor becomes ${next}`, async ({
    page,
    serveTokens,
    site,
    create,
  }) => {
    const [former, present] = await serveTokens('former', 'present');
    await create(withVisitor);
    await become(page, 'alice');
    expect(await engage(page)).toEqual([former]);
    await become(page, next);
    expect(await engage(page)).toEqual(next === null ? refusal : [present]);
    expect(site.requests()).toHaveLength(next === null ? 1 : 2);
  });

  test(`refuses waiting callers when the visitor becomes ${next}`, async ({ page, site, mint, create }) => {
    const { behaviour, asked, release } = hold();
    const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
    site.serve('/token', behaviour, json({ token: present }));
    await create(withVisitor);
    await become(page, 'alice');
    const waiting = engage(page);
    await asked;
    await become(page, next);
    release(json({ token: former }));
    expect(await waiting).toEqual(refusal);
    expect(await codes(page)).toEqual(['visitor-changed']);
    expect(await engage(page)).toEqual(next === null ? refusal : [present]);
  });
}

test('asks at once for a new visitor while a call for the former one still waits', { tag: '@core' }, async ({
  page,
  site,
  mint,
  create,
}) => {
  const { behaviour, asked, release } = hold();
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', behaviour, json({ token: present }));
  await create(withVisitor);
  await become(page, 'alice');
  const waiting = engage(page);
  await asked;
  await become(page, 'bob');
  expect(await engage(page)).toEqual([present]);
  expect(await waiting).toEqual(refusal);
  release(json({ token: former }));
  expect(await engage(page)).toEqual([present]);
});

for (const nobody of ['null', '""']) {
  test(`refuses silently and without a request if the visitor is ${nobody}`, async ({
    page,
    site,
    create,
  }) => {
    await create(`{ tokenEndpoint: '/token', visitor: () => ${nobody} }`);
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['signed-out']);
    expect(site.requests()).toHaveLength(0);
  });
}

for (const [name, visitor] of [
  ['is not known', '() => undefined'],
  ['cannot be told', '() => { throw new Error("no store yet") }'],
] as const) {
  test(`asks the endpoint at every call when the visitor ${name}`, async ({ page, serveTokens, create }) => {
    const [first, second] = await serveTokens('first', 'second');
    await create(`{ tokenEndpoint: '/token', visitor: ${visitor} }`);
    expect(await engage(page)).toEqual([first]);
    expect(await engage(page)).toEqual([second]);
  });
}

for (const [name, next, isAsked] of [
  ['names somebody else', 'bob', true],
  ['is emptied', '', false],
] as const) {
  test(`forgets the kept token when data-visitor ${name} without a new page`, async ({
    page,
    serveTokens,
    site,
    visit,
  }) => {
    const [former, present] = await serveTokens('former', 'present');
    await visit({ visitor: 'alice' });
    expect(await engage(page)).toEqual([former]);
    await page.evaluate((who) => {
      for (const script of document.scripts) script.dataset.visitor = who;
    }, next);
    expect(await engage(page)).toEqual(isAsked ? [present] : refusal);
    expect(site.requests()).toHaveLength(isAsked ? 2 : 1);
  });
}
