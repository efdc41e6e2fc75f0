/** What the test kit has to know about the site and its Live Assist account. */

/** The option `liveAssist` in `use`. It is replaced as a whole where a file or a project sets it again. */
export interface LiveAssistOptions {
  /**
   * JS Method Name as entered in Live Assist; dotted names too.
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string | undefined;
  /**
   * Where the page fetches its token: a path such as `/live-assist/token` (on whatever host) or a whole address. The
   * query is not compared. Only `faults` need it.
   */
  tokenEndpoint?: string | undefined;
  /**
   * The public key, as PEM or as the one line that is pasted in Live Assist. With it the token's signature is verified
   * as Live Assist does; without it, only what can be judged without a key.
   */
  publicKey?: string | undefined;
  /** The token's `iss` as entered in Live Assist; must be equal byte for byte. Without it, any issuer passes. */
  issuer?: string | undefined;
  /**
   * How long an engagement waits for the callback, in milliseconds of the page's clock.
   *
   * @default 10000
   */
  limit?: number | undefined;
  /**
   * Refuses all requests to LivePerson's and Live Assist's hosts at once, where an unreachable one would hold up
   * `page.goto`. A list adds hosts (each with its subdomains). Playwright turns the HTTP cache off meanwhile.
   *
   * @default false
   */
  blockVendor?: boolean | string[] | undefined;
}
