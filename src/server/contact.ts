/**
 * The record in Dynamics that belongs to a signed-in visitor.
 *
 * @module
 */

/** A Contact in Dynamics, as far as a token describes it. */
export interface Contact {
  /** Its GUID (`contactid`), upper or lower case, with or without braces. */
  id: string;
  /** Its `firstname`. Left out of the token if missing or empty. */
  givenName?: string | null | undefined;
  /** Its `lastname`. Left out of the token if missing or empty. */
  familyName?: string | null | undefined;
  /**
   * Further claims, shown to the agent: `email`, `phone_number`, `preferred_username`, `gender`, `lp_sdes`.
   *
   * They pass through the visitor's browser and are not encrypted. Names that the token itself uses are refused.
   */
  claims?: Readonly<Record<string, unknown>> | undefined;
}
