/**
 * Says whether the name of a JSON property belongs to the format, and not to somebody's account.
 *
 * @module
 */

/** The words that occur in names of settings and in error answers. */
const vocabulary = new Set(
  `access account accounts allow api app array auth authenticate authentication authorise authorization authorize
  base body callback cause chat claim claims client code codes config configuration connector connectors content context
  count created data date default deleted description detail details disabled display domain enabled encryption endpoint
  engagement error errors expiration expires extra field fields flow format header headers host http id idp implicit info
  internal issuer items iss js json jwk jwks jwt key keys kid lang language legacy level lifetime limit link links list
  lp mapping message meta method mode modified name next oauth offset open order page params path payload preferred
  private provider providers public query realm reason redirect request required response result results rfc compliance
  revision rsa scope scopes secret server service services settings signature site size source state status subject sub
  success text time timestamp title token total trace ttl type types updated uri url user validation value values
  vendor version web window x5c`
    .trim()
    .split(/\s+/),
);

/** Whether every word of the name, however joined, is in the vocabulary. Host names and e-mail addresses are not. */
export function isHarmlessName(name: string): boolean {
  if (name.length > 40 || !/^[A-Za-z][A-Za-z_]*$/.test(name)) return false;
  const words = name
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split('_');
  return words.every((word) => word === '' || vocabulary.has(word));
}
