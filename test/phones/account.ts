/**
 * A person who can sign in on the demo's site.
 *
 * @module
 */
import { accounts } from '../../demo/site/accounts.js';

export function account(firstName: string): { email: string; password: string } {
  const found = accounts.find((candidate) => candidate.firstName === firstName);
  if (!found) throw new Error(`Nobody of the name of ${firstName} can sign in at the demo's site.`);
  return { email: found.email, password: found.password };
}
