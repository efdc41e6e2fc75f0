/** The site's server side. */
export type { Claims } from '../token/claims.js';
export type { Contact } from './contact.js';
export { createDataverseContacts, type DataverseContacts } from './dataverse.js';
export { DataverseError, type DataverseErrorCode } from './dataverse-error.js';
export type { DataverseOptions } from './dataverse-request.js';
export { type DiagnoseOptions, diagnose, type Finding, type FindingCode } from './diagnose.js';
export { createTokenHandler, type TokenHandlerOptions } from './handler.js';
export { KeyError, type KeyErrorCode } from './key-error.js';
export { generateKeys, type Keys } from './keys.js';
export { createMinter, type Mint, type MinterOptions } from './mint.js';
export { publicKeyValue } from './public-key-value.js';
export type { Sign } from './signer.js';
