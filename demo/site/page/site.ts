/** Signs in and out without leaving the page, and keeps the bridge and the engagement to whoever is signed in. */
import { fetchAhead, forgetVisitor, isKnown, visitorIs } from './visitor.js';

type Face = Record<string, string>;

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const signIn = byId<HTMLFormElement>('sign-in');
const signOut = byId<HTMLFormElement>('sign-out');

/** Shows the face of a visitor, or the sign-in form, and leads the keyboard there. */
function show(account: Face | null, notice = ''): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-account]'))
    part.textContent = account?.[part.dataset.account ?? ''] ?? '';
  byId('signed-in').hidden = signOut.hidden = account === null;
  byId('signed-out').hidden = account !== null;
  byId('notice').textContent = notice;
  byId(account ? 'greeting' : 'welcome').focus({ preventScroll: true });
  scrollTo(0, 0);
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

signIn.addEventListener('submit', async (event) => {
  event.preventDefault();
  const problem = byId('problem');
  problem.textContent = '';
  try {
    const { ok, message, visitor, account } = await post(signIn);
    if (!ok) {
      problem.textContent = message ?? 'Signing in failed. Try again.';
      return;
    }
    signIn.reset();
    visitorIs(visitor);
    show(account);
    fetchAhead();
  } catch {
    problem.textContent = 'The site cannot be reached right now. What you typed is still here; try again.';
  }
});

signOut.addEventListener('submit', async (event) => {
  event.preventDefault();
  // Before the answer: from this click on, nothing may speak for the visitor.
  forgetVisitor();
  try {
    const { ok } = await post(signOut);
    if (!ok) throw new Error('refused');
    // A chat that was begun meanwhile was nobody's.
    window.liveAssist?.end();
    show(null, 'You are signed out.');
  } catch {
    byId('notice').textContent = 'The site cannot be reached, so you are still signed in there. Try again.';
  }
});

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-email]'))
  button.addEventListener('click', () => {
    byId<HTMLInputElement>('email').value = button.dataset.email ?? '';
    byId<HTMLInputElement>('password').value = button.dataset.password ?? '';
    signIn.querySelector<HTMLButtonElement>('.primary')?.focus();
  });

addEventListener('live-assist-bridge:error', ({ detail }) => {
  if (detail.code !== 'signed-out' || !isKnown()) return;
  forgetVisitor();
  show(null, 'Your session has ended. Sign in again to chat as yourself.');
});

fetchAhead();
