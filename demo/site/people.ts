/**
 * The people that a visitor of the demo can sign in as with one click. It also works without JavaScript.
 *
 * @module
 */
import { html } from 'hono/html';
import { accounts } from './accounts.js';

export function people() {
  return html`<ul>
    ${accounts.map(
      ({ email, password, name, hint }) => html`<li>
      <form class="person" method="post" action="/sign-in">
        <input type="hidden" name="email" value="${email}">
        <input type="hidden" name="password" value="${password}">
        <button><strong>${name}</strong> <span>${hint}</span></button>
      </form>
    </li>`,
    )}
  </ul>`;
}
