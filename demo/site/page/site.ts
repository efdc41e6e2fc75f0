/**
 * Signs in and out without reloading the page, and keeps the bridge and the engagement in step with the visitor.
 *
 * @module
 */
import { followStage, tellStage } from './on-stage.js';
import { fetchAhead, startAfresh, visitor, visitorIs } from './visitor.js';

type Face = Record<string, string>;

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const signOut = byId<HTMLFormElement>('sign-out');
const problem = byId('problem');
const notice = byId('notice');

/** Shows the account of a visitor, or the sign-in form, and moves the keyboard focus there. */
function show(account: Face | null, sentence = ''): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-account]'))
    part.textContent = account?.[part.dataset.account ?? ''] ?? '';
  byId('signed-in').hidden = signOut.hidden = account === null;
  byId('signed-out').hidden = account !== null;
  for (const person of document.querySelectorAll<HTMLElement>('#signed-in [data-person]'))
    person.hidden = person.dataset.person === account?.email;
  notice.textContent = sentence;
  if (account?.email) window.liveAssist?.suggestEmail(account.email);
  byId(account ? 'greeting' : 'welcome').focus({ preventScroll: true });
  byId('content').scrollTo(0, 0);
}

async function post(form: HTMLFormElement) {
  const response = await fetch(form.action, {
    method: 'POST',
    body: new FormData(form),
    headers: { Accept: 'application/json' },
  });
  return {
    ok: response.ok,
    ...((await response.json()) as { message?: string; visitor: string; account: Face }),
  };
}

async function signIn(form: HTMLFormElement): Promise<void> {
  problem.textContent = '';
  const unreachable = 'The site cannot be reached. Is the demo still running? Try again.';
  try {
    const { ok, message, visitor, account } = await post(form);
    if (!ok) {
      problem.textContent = message ?? 'The sign-in failed. Try again.';
      return;
    }
    form.reset();
    visitorIs(visitor);
    show(account);
    tellStage();
    fetchAhead();
  } catch {
    problem.textContent = notice.textContent = unreachable;
  }
}

async function leave(sentence: string): Promise<void> {
  // Done before the answer arrives: after this click, nothing may act for the visitor.
  visitorIs(null);
  try {
    const { ok } = await post(signOut);
    if (!ok) throw new Error('refused');
    // Drops a chat that a guest began meanwhile.
    startAfresh();
    show(null, sentence);
    tellStage();
  } catch {
    notice.textContent = 'The site cannot be reached, so you are still signed in there. Try again.';
  }
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  void (form === signOut ? leave('You are signed out.') : signIn(form));
});

addEventListener('live-assist-bridge:error', ({ detail }) => {
  if (detail.code !== 'signed-out' || visitor() === null) return;
  visitorIs(null);
  show(null, 'Your session has ended. Sign in again to chat as yourself.');
  tellStage();
});

const knowsEmail = () => {
  const email = document.querySelector<HTMLElement>('[data-account=email]')?.textContent;
  if (email) window.liveAssist?.suggestEmail(email);
};
addEventListener('live-assist:ready', knowsEmail);
followStage(() => {
  if (visitor() !== null) return void leave('');
  startAfresh();
  show(null);
  tellStage();
});
fetchAhead();
