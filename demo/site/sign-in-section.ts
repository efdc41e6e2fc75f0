/** The sign-in form, with the people one can be. Works without JavaScript, too. */
import { html } from 'hono/html';
import { accounts } from './accounts.js';

export interface SignInSectionOptions {
  isHidden: boolean;
  email: string;
  problem: string;
}

export function signInSection({ isHidden, email, problem }: SignInSectionOptions) {
  return html`<section id="signed-out" aria-labelledby="welcome" ${isHidden ? 'hidden' : ''}>
  <div class="hero">
    <h1 id="welcome" tabindex="-1">Your home’s energy, in one place.</h1>
    <p>Sign in to see your plan and your bills, and to chat with somebody who knows who you are.</p>
  </div>
  <section class="people" aria-labelledby="people">
    <h2 id="people">This is a demo. Be one of them:</h2>
    <ul>
      ${accounts.map(
        (account) => html`<li>
        <button type="button" data-email="${account.email}" data-password="${account.password}">
          <strong>${account.name}</strong>
          <span>${account.hint}</span>
          <code>${account.email}</code>
          <code>${account.password}</code>
        </button>
      </li>`,
      )}
    </ul>
  </section>
  <form id="sign-in" class="card sign-in" method="post" action="/sign-in">
    <h2>Sign in</h2>
    <p id="problem" class="problem" role="alert">${problem}</p>
    <label for="email">E-mail address</label>
    <input id="email" name="email" type="text" inputmode="email" autocomplete="username" required value="${email}" aria-describedby="problem">
    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required aria-describedby="problem">
    <button class="primary">Sign in</button>
  </form>
  <img class="art" src="/site/page/field.svg" alt="" width="480" height="300">
</section>`;
}
