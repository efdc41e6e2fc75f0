/** The browser's side: puts the method on the page that Live Assist calls. */
export type { Claims } from '../token/claims.js';
