/**
 * The journey keeps visitors apart, and assigns an engagement to the visitor whose token it received.
 *
 * @module
 */
import { describe, expect, it } from 'vitest';
import { createJourney, type StepReport } from '../../src/live-assist/journey.js';

const done = (step: number): StepReport => ({ step, state: 'done', text: `Step ${step}.` });
const failed = (step: number, more: Partial<StepReport> = {}): StepReport => ({
  ...done(step),
  state: 'failed',
  ...more,
});
const numbers = (reports: StepReport[]) => reports.map(({ step, state }) => `${step} ${state}`);

function signedIn(visitor: string, token: string) {
  const journey = createJourney();
  for (const step of [1, 2, 3, 4]) journey.tell(visitor, done(step));
  journey.signed(visitor, token);
  return journey;
}

describe('journey', () => {
  it('shows a visitor the engagement that received their token, wherever it was clicked', () => {
    const journey = signedIn('maya', 'token of maya');
    journey.tell('click', done(5), 1);
    expect(numbers(journey.reports('maya', undefined))).toHaveLength(4);
    journey.received('click', 'token of maya');
    journey.tell('click', done(6));
    expect(numbers(journey.reports('maya', undefined))).toHaveLength(6);
    expect(journey.reports('zoe', undefined)).toEqual([]);
  });

  it('keeps two visitors with the same contact apart', () => {
    const journey = signedIn('maya 1', 'token 1');
    journey.tell('maya 2', done(1));
    journey.signed('maya 2', 'token 2');
    journey.tell('click', done(5), 1);
    journey.received('click', 'token 2');
    journey.tell('click', done(6));
    expect(numbers(journey.reports('maya 1', undefined))).toHaveLength(4);
    expect(numbers(journey.reports('maya 2', undefined))).toEqual(['1 done', '5 done', '6 done']);
  });

  it('tells only those who follow a visitor or one of their engagements', () => {
    const journey = signedIn('maya', 'token of maya');
    let woken = 0;
    journey.changes.follow('maya', () => woken++);
    journey.tell('zoe', done(1));
    journey.tell('click', done(5), 1);
    expect(woken).toBe(0);
    journey.received('click', 'token of maya');
    journey.tell('click', done(6));
    expect(woken).toBe(1);
  });

  it('marks the step that failed, and nothing after it', () => {
    const journey = signedIn('maya', 'token of maya');
    journey.tell('click', done(5), 1);
    journey.tell('click', failed(3, { text: 'Expired.', remedy: 'Set the clock.' }));
    expect(numbers(journey.reports('maya', 'click'))).toEqual(['1 done', '2 done', '3 failed']);
  });

  it('adds the bridge’s advice to the site’s report of the same failure', () => {
    const journey = createJourney();
    journey.tell('tom', done(1));
    journey.tell('tom', failed(2, { text: 'No contact for tom@example.com.' }));
    journey.tell('click', done(5), 1);
    journey.tell('click', failed(2, { text: 'The visitor has no contact.', remedy: 'Create one.' }));
    expect(journey.reports('tom', 'click')[1]).toMatchObject({
      text: 'No contact for tom@example.com.',
      remedy: 'Create one.',
    });
  });

  it('forgets a failure at the next click, and the visitor at the sign-out', () => {
    const journey = signedIn('maya', 'token of maya');
    journey.tell('click', done(5), 1);
    journey.tell('click', failed(4));
    journey.tell('click', done(5), 1);
    expect(numbers(journey.reports('maya', 'click'))).toHaveLength(5);
    journey.leave('maya');
    expect(journey.tokenOf('maya')).toBeUndefined();
    expect(journey.reports('maya', undefined)).toEqual([]);
  });

  it('forgets an engagement that its page has ended', () => {
    const journey = signedIn('maya', 'token of maya');
    journey.tell('click', done(5), 1);
    journey.received('click', 'token of maya');
    let woken = 0;
    journey.changes.follow('maya', () => woken++);
    journey.leave('click');
    expect(numbers(journey.reports('maya', 'click'))).toHaveLength(4);
    expect(woken).toBe(1);
  });

  it('keeps a limited number of visitors', () => {
    const journey = signedIn('first', 'token');
    for (let index = 0; index < 1200; index++) journey.tell(`visitor ${index}`, done(1));
    expect(journey.reports('first', undefined)).toEqual([]);
    expect(journey.reports('visitor 1199', undefined)).toHaveLength(1);
  });
});
