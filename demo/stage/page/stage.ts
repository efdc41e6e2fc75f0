/**
 * Lights the steps as they happen, and leads to the next control.
 *
 * @module
 */
import { postJson } from '#live-assist/look/post-json.js';
import { createStepCard } from '#live-assist/look/step-card.js';
import { IDENTITY, nameOfStep } from '#live-assist/messaging/identity-step.js';
import type { StageView } from '../app.js';
import { askPorts } from './ask-ports.js';
import { createConnection } from './connection.js';
import { createFrames } from './frames.js';
import { guideTo } from './guide.js';
import { markCalling, showPane } from './tabs.js';
import { offerToken } from './token.js';

const byId = (id: string) => document.getElementById(id) as HTMLElement;
const item = (step: number | string) =>
  document.querySelector(`#steps > li[data-step="${step}"]`) as HTMLElement;
const cards = [1, 2, 3, 4, 5, 6, 7, 8].map((step) => createStepCard(item(step)));
const identityItem = item('identity');
const identityCard = createStepCard(identityItem);
const news = byId('news');
const menu = byId('break') as HTMLDetailsElement;
let isSignedIn = false;
let isFirst = true;
let fault: string | undefined;
let told = '';
let revealed: number | undefined;

const frames = createFrames((visitor, engagement) => {
  isSignedIn = visitor !== null;
  connection.follow(visitor, engagement);
  offerToken(visitor);
});
const connection = createConnection(show);

function show(view: StageView): void {
  const { reports } = view;
  if (!isFirst && fault !== view.fault) frames.send({ stage: 'renew' });
  isFirst = false;
  fault = view.fault;

  const { next, control, sentence } = guideTo(view, isSignedIn);
  for (const [index, card] of cards.entries())
    card.show(
      reports.find(({ step }) => step === index + 1),
      index + 1 === next,
    );
  // A step of messaging only.
  const identity = reports.find(({ step }) => step === IDENTITY);
  identityItem.hidden = !identity;
  identityCard.show(identity, false);
  byId('guide').textContent = sentence;
  byId('broken').hidden = !view.isBroken;
  byId('broken-text').textContent = fault
    ? `Broken: ${document.querySelector(`[data-fault="${fault}"]`)?.textContent}.`
    : 'The configuration does not fit the site.';
  menu.hidden = view.isBroken;
  byId('repair').toggleAttribute('data-next', control === 'repair');
  byId('card').hidden = control !== 'over';
  revealFailure(reports.find(({ state }) => state === 'failed')?.step);
  markCalling(
    control === 'accept' ? 'agent' : control === 'people' || control === 'chat' ? 'visitor' : 'story',
  );
  frames.send({ stage: 'next', control: control === 'people' || control === 'chat' ? control : undefined });

  const last = reports.find(({ state }) => state === 'failed') ?? reports.at(-1);
  const heard = last
    ? `${nameOfStep(last.step)} ${last.state}. ${last.text} ${last.remedy ?? ''} ${sentence}`
    : '';
  if (heard !== told) news.textContent = told = heard;
}

/** Scrolls a newly failed step into view, with its remedy. */
function revealFailure(step: number | undefined): void {
  if (step !== undefined && step !== revealed) item(step).scrollIntoView({ block: 'nearest' });
  revealed = step;
}

const request = (url: string, body?: object) =>
  postJson(url, body).then(
    () => true,
    (error: Error) => {
      news.textContent = error.message;
      return false;
    },
  );

for (const button of document.querySelectorAll<HTMLElement>('[data-fault]'))
  button.addEventListener('click', async () => {
    menu.open = false;
    await request('/break', { fault: button.dataset.fault });
    byId('repair').focus();
  });
byId('repair').addEventListener('click', async () => {
  const wasFault = fault !== undefined;
  await request('/repair');
  // Otherwise the message about the changed fault tells the site's page.
  if (!wasFault) frames.send({ stage: 'renew' });
  byId('start-over').focus();
});
byId('start-over').addEventListener('click', async () => {
  if (!(await request('/repair'))) return;
  frames.send({ stage: 'start-over' });
  frames.reloadAgent();
  showPane('visitor');
  byId('start-over').focus();
});

connection.follow(null, undefined);
void askPorts();
