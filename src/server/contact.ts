/** The record in Dynamics that belongs to the visitor who is signed in. */

/** A Contact in Dynamics, as far as a token speaks of it. */
export interface Contact {
  /** Its GUID (`contactid`), upper or lower case, with or without braces. */
  id: string;
  /** Its `firstname`; left out of the token when missing or empty. */
  givenName?: string | null | undefined;
  /** Its `lastname`; left out of the token when missing or empty. */
  familyName?: string | null | undefined;
  /**
   * Further claims, shown to the agent: `email`, `phone_number`, `preferred_username`, `gender`, `lp_sdes`.
   *
   * They travel in clear text through the visitor's browser. A name that the token itself uses is refused.
   */
  claims?: Readonly<Record<string, unknown>> | undefined;
}
