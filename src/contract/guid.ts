/**
 * The forms in which Dynamics writes a GUID, and the one that goes into a token.
 *
 * @module
 */

/**
 * `text` as a lower-case GUID without braces: what Dataverse's Web API answers.
 *
 * Dynamics shows GUIDs in two forms, `1a2b...` and `{1A2B...}`; both are taken. Anything else gives `undefined`:
 * 32 digits without dashes (more often another system's id), spaces around it, and the GUID of zeros, which
 * Dynamics writes for "no record".
 */
export function parseGuid(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const guid = /^\{.*\}$/.test(text) ? text.slice(1, -1) : text;
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(guid) && /[1-9a-f]/i.test(guid)
    ? guid.toLowerCase()
    : undefined;
}
