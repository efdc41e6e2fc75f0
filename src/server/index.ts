/** The site's server side. */
export type { Claims } from '../token/claims.js';
