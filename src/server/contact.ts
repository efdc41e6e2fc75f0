/**
 * The record in Dynamics that belongs to a signed-in visitor.
 *
 * @module
 */

/** The fields of a Contact in Dynamics that a token contains. */
export interface Contact {
  /** The contact's GUID (`contactid`), in upper or lower case, with or without braces. */
  id: string;
  /** The contact's `firstname`. Left out of the token if missing or empty. */
  givenName?: string | null | undefined;
  /** The contact's `lastname`. Left out of the token if missing or empty. */
  familyName?: string | null | undefined;
  /**
   * Further claims, shown to the agent: `email`, `phone_number`, `preferred_username`, `gender`, `lp_sdes`.
   *
   * They pass through the visitor's browser unencrypted. Names of claims that the token sets itself are refused.
   */
  claims?: Readonly<Record<string, unknown>> | undefined;
}
