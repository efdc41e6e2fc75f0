/**
 * The public entry of `live-assist-bridge/server`.
 *
 * @module
 */
export type { Claims } from '../contract/claims.js';
export { type DiagnoseOptions, diagnose, type Finding, type FindingCode } from '../diagnosis/diagnose.js';
export { generateKeys, type Keys } from '../key/generate-keys.js';
export { KeyError, type KeyErrorCode } from '../key/key-error.js';
export { publicKeyValue } from '../key/public-key-value.js';
export type { Contact } from './contact.js';
export { createDataverseContacts, type DataverseContacts } from './dataverse/dataverse.js';
export { DataverseError, type DataverseErrorCode } from './dataverse/dataverse-error.js';
export type { DataverseCredential, DataverseOptions, LookUpOptions } from './dataverse/dataverse-options.js';
export { createTokenHandler, type TokenHandler } from './handler.js';
export { createMinter, type Mint, type MinterOptions } from './mint.js';
export type { Sign } from './signer.js';
export type {
  ContactQuestion,
  TokenAnswer,
  TokenHandlerOptions,
  TokenRefusal,
} from './token-handler-options.js';
export { type TrialContactOptions, type TrialRequest, trialContact } from './trial-contact.js';
