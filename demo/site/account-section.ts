/**
 * What a signed-in visitor sees.
 *
 * @module
 */
import { html } from 'hono/html';
import type { Account } from './accounts.js';
import { people } from './people.js';

export function accountSection(account: Account | undefined) {
  const value = (name: 'firstName' | 'plan' | 'nextBill' | 'email') =>
    html`<span data-account="${name}">${account?.[name] ?? ''}</span>`;
  return html`<section id="signed-in" aria-labelledby="greeting" ${account ? '' : 'hidden'}>
  <div class="hero">
    <h1 id="greeting" tabindex="-1">Good to see you, ${value('firstName')}.</h1>
    <p>You are signed in as ${value('email')}.</p>
  </div>
  <img class="art" src="/site/page/field.svg" alt="" width="480" height="300">
  <dl class="tiles">
    <div class="card"><dt>Your plan</dt><dd>${value('plan')}</dd></div>
    <div class="card"><dt>Next bill</dt><dd>${value('nextBill')}</dd></div>
  </dl>
  <div class="card help">
    <h2>Questions about your bill?</h2>
    <p>Chat with us. The agent already sees your record, so you need not say who you are.</p>
  </div>
  <section class="people compact" aria-labelledby="others">
    <h2 id="others"><span class="next-word">Next</span> Sign in as somebody else</h2>
    ${people(account?.email)}
  </section>
</section>`;
}
