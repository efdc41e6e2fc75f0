/**
 * Method names that Live Assist accepts, and others that it may not find.
 *
 * @module
 */
export const methodNames: [name: string, isValid: boolean][] = [
  ['authoriseChatWithCallback', true],
  ['authorizeChatWithCallback', true],
  ['lpGetAuthenticationToken', true],
  ['auth.getAuthenticationToken', true],
  ['shop.chat.getToken', true],
  ['$', true],
  ['_.$0', true],
  ['constructors.prototypes', true],
  ['', false],
  ['.', false],
  ['auth.', false],
  ['.getToken', false],
  ['auth..getToken', false],
  ['1abc', false],
  ['auth.1', false],
  ['auth.größe', false],
  ['größe', false],
  ['get token', false],
  ['get-token', false],
  ['getToken()', false],
  ['auth["getToken"]', false],
  [' getToken', false],
  ['getToken\n', false],
  ['__proto__', false],
  ['__proto__.x', false],
  ['auth.constructor', false],
  ['auth.prototype.x', false],
];
