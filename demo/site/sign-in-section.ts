/**
 * What a guest sees: the people to choose from, and a sign-in form. It also works without JavaScript.
 *
 * @module
 */
import { html } from 'hono/html';
import { people } from './people.js';

export interface SignInSectionOptions {
  isHidden: boolean;
  email: string;
  problem: string;
}

export function signInSection({ isHidden, email, problem }: SignInSectionOptions) {
  return html`<section id="signed-out" aria-labelledby="welcome" ${isHidden ? 'hidden' : ''}>
  <div class="hero">
    <h1 id="welcome" tabindex="-1">Your home’s energy, in one place.</h1>
    <p>Sign in, and chat with somebody who knows who you are.</p>
  </div>
  <section class="people" aria-labelledby="people">
    <h2 id="people"><span class="next-word">Next</span> Sign in as</h2>
    ${people()}
  </section>
  <form id="sign-in" class="card sign-in" method="post" action="/sign-in">
    <h2>Or with a password</h2>
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
