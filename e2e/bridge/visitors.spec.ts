/** On one page: what belongs to the former visitor is neither kept nor delivered. */
import type { Page } from '@playwright/test';
import { codes, engage, expect, refusal, test } from './field.js';
import { hold, json } from './misbehave.js';
import { turn } from './visibility.js';

const become = (page: Page, visitor: string | null | undefined) =>
  page.evaluate((who) => {
    Object.assign(window, { visitor: who });
  }, visitor);

const withVisitor = `{ tokenEndpoint: '/token', onError() {}, visitor: () => window.visitor }`;

test('forgetToken forgets the kept token', async ({ page, site, mint, create }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: present }));
  await create(`{ tokenEndpoint: '/token' }`);
  expect(await engage(page)).toEqual([former]);
  await page.evaluate('bridge.forgetToken()');
  expect(await engage(page)).toEqual([present]);
});

test('forgetToken refuses those who wait and lets nothing of their request come through', async ({
  page,
  site,
  mint,
  create,
  watched,
}) => {
  watched.warns('visitor-changed');
  const { behaviour, asked, release } = hold();
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', behaviour, json({ token: present }));
  await create(`{ tokenEndpoint: '/token' }`);
  const waiting = engage(page);
  await asked;
  await page.evaluate('bridge.forgetToken()');
  expect(await waiting).toEqual(refusal);
  release(json({ token: former }));
  expect(await engage(page)).toEqual([present]);
  expect(await engage(page)).toEqual([present]);
  expect(await codes(page)).toEqual(['visitor-changed']);
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

test('neither delivers nor keeps what fetchToken brings for a former visitor', async ({
  page,
  mint,
  create,
  watched,
}) => {
  watched.warns('visitor-changed');
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  await create('{ fetchToken: () => new Promise((resolve) => (window.answers ??= []).push(resolve)) }');
  const answer = await page.evaluate(
    `(async () => {
      const waiting = recorder.engage();
      bridge.forgetToken();
      const next = recorder.engage();
      answers[0](${JSON.stringify(former)});
      await new Promise((resolve) => setTimeout(resolve));
      answers[1](${JSON.stringify(present)});
      return [await waiting, await next, await recorder.engage()];
    })()`,
  );
  expect(answer).toEqual([refusal, [present], [present]]);
});

for (const next of ['bob', null, undefined]) {
  test(`forgets the kept token when the visitor becomes ${next}`, async ({ page, site, mint, create }) => {
    const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
    site.serve('/token', json({ token: former }), json({ token: present }));
    await create(withVisitor);
    await become(page, 'alice');
    expect(await engage(page)).toEqual([former]);
    await become(page, next);
    expect(await engage(page)).toEqual(next === null ? refusal : [present]);
    expect(site.requests()).toHaveLength(next === null ? 1 : 2);
  });

  test(`refuses those who wait when the visitor becomes ${next}`, async ({ page, site, mint, create }) => {
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

test('asks at once for a new visitor while the former one still waits', async ({
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
  test(`refuses without a request and without a word when the visitor is ${nobody}`, async ({
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
  test(`asks the endpoint at every call when the visitor ${name}`, async ({ page, site, mint, create }) => {
    const [first, second] = [await mint({ sub: 'first' }), await mint({ sub: 'second' })];
    site.serve('/token', json({ token: first }), json({ token: second }));
    await create(`{ tokenEndpoint: '/token', visitor: ${visitor} }`);
    expect(await engage(page)).toEqual([first]);
    expect(await engage(page)).toEqual([second]);
  });
}

test('forgets the kept token when the page is hidden', async ({ page, site, mint, visit }) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: present }));
  await visit();
  expect(await engage(page)).toEqual([former]);
  await turn(page, 'hidden');
  await turn(page, 'visible');
  expect(await engage(page)).toEqual([present]);
});

test('hands over but does not keep what was under way when the page was hidden', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const { behaviour, asked, release } = hold();
  const [first, second] = [await mint({ sub: 'first' }), await mint({ sub: 'second' })];
  site.serve('/token', behaviour, json({ token: second }));
  await visit();
  const waiting = engage(page);
  await asked;
  await turn(page, 'hidden');
  await turn(page, 'visible');
  release(json({ token: first }));
  expect(await waiting).toEqual([first]);
  expect(await engage(page)).toEqual([second]);
});

test('does not keep beyond its return what a hidden page has fetched', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', json({ token: former }), json({ token: present }));
  await visit();
  await turn(page, 'hidden');
  expect(await engage(page)).toEqual([former]);
  await turn(page, 'visible');
  expect(await engage(page)).toEqual([present]);
});

test('lets nobody who calls after the return join a request from before', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const { behaviour, asked, release } = hold();
  const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
  site.serve('/token', behaviour, json({ token: present }));
  await visit();
  const waiting = engage(page);
  await asked;
  await turn(page, 'hidden');
  await turn(page, 'visible');
  const returned = engage(page);
  await expect.poll(() => site.requests().length).toBe(2);
  release(json({ token: former }));
  expect(await returned).toEqual([present]);
  await waiting;
});
