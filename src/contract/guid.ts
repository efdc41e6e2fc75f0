/**
 * The forms in which Dynamics writes a GUID, and the one that goes into a token.
 *
 * @module
 */

/**
 * Returns `text` as a lower-case GUID without braces, as Dataverse's Web API writes it.
 *
 * Accepts the two forms that Dynamics shows, `1a2b...` and `{1A2B...}`. Returns `undefined` for anything else: 32
 * digits without dashes (more often another system's id), a GUID with spaces around it, and the GUID of zeros, which
 * Dynamics writes for "no record".
 */
export function parseGuid(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const guid = /^\{.*\}$/.test(text) ? text.slice(1, -1) : text;
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(guid) && /[1-9a-f]/i.test(guid)
    ? guid.toLowerCase()
    : undefined;
}
