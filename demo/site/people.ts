/**
 * The people that a visitor of the demo can sign in as with one click. It also works without JavaScript.
 *
 * @module
 */
import { html } from 'hono/html';
import { accounts } from './accounts.js';

/** `except` is the address of the visitor who is signed in. */
export function people(except?: string) {
  return html`<ul>
    ${accounts.map(
      ({
        email,
        password,
        name,
        hint,
      }) => html`<li data-person="${email}" ${email === except ? 'hidden' : ''}>
      <form class="person" method="post" action="/sign-in">
        <input type="hidden" name="email" value="${email}">
        <input type="hidden" name="password" value="${password}">
        <button><strong>${name}</strong> <span>${hint}</span></button>
      </form>
    </li>`,
    )}
  </ul>`;
}
