/** What a signed-in visitor sees. */
import { html } from 'hono/html';
import type { Account } from './accounts.js';

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
    <p>Open the chat in the corner. You will not have to say who you are: the agent already sees your record.</p>
  </div>
</section>`;
}
