/**
 * Builds the claims of a token: the claims of the specification, and further claims that the site adds for the agent.
 *
 * @module
 */
import type { Claims } from '../contract/claims.js';
import type { Contact } from './contact.js';
import { contactId } from './contact-id.js';

/** Claims that the token sets itself, or that decide whether it is valid (RFC 7519 section 4.1). */
const reserved = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  ...['given_name', 'family_name'],
]);

/**
 * Returns the payload for `contact`.
 *
 * @throws TypeError if the id is not a GUID, a name is not text, or a further claim is reserved or cannot be written as
 * JSON.
 */
export function contactClaims(contact: Contact, issued: { iss: string; iat: number; exp: number }): Claims {
  const { id, givenName, familyName, claims } = requireContact(contact);
  return {
    sub: contactId(id),
    ...named('given_name', givenName),
    ...named('family_name', familyName),
    ...issued,
    ...furtherClaims(claims),
  };
}

function requireContact(contact: unknown): Contact {
  if (typeof contact === 'object' && contact !== null) return contact as Contact;
  throw new TypeError('There is no contact to mint a token for. Pass { id, givenName, familyName }.');
}

function named(claim: 'given_name' | 'family_name', name: unknown): Record<string, string> {
  if (name === undefined || name === null || name === '') return {};
  // A name that was cut may end with half a surrogate pair, which some JSON parsers reject. It becomes the replacement
  // character.
  if (typeof name === 'string') return { [claim]: name.replace(/\p{Surrogate}/gu, '\uFFFD') };
  throw new TypeError(`The contact's ${claim} is of type ${typeof name}. Give text, or leave it out.`);
}

function furtherClaims(claims: unknown): Record<string, unknown> {
  if (claims === undefined || claims === null) return {};
  if (typeof claims !== 'object' || Symbol.iterator in claims)
    throw new TypeError('The claims are not an object. Write them as { email: "ada@example.com" }.');
  // Read once, so that what is checked is what is signed.
  const copy: Record<string, unknown> = { ...claims };
  for (const [claim, value] of Object.entries(copy)) {
    if (reserved.has(claim))
      throw new TypeError(
        `The claim "${claim}" is reserved: it decides who the token is for, or how long it is valid. Leave it out of the contact's claims.`,
      );
    if (['function', 'bigint', 'symbol'].includes(typeof value))
      throw new TypeError(`The claim "${claim}" is a ${typeof value}, which JSON cannot hold. Give text.`);
  }
  return copy;
}
