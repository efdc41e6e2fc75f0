/** The site's server side. */
export type { Claims } from '../token/claims.js';
export { type DiagnoseOptions, diagnose, type Finding, type FindingCode } from './diagnose.js';
