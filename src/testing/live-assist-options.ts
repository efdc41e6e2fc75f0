/**
 * What the test kit has to know about the site and its Live Assist account.
 *
 * @module
 */

/**
 * The option `liveAssist` in `use`. What a file sets with `test.use` is laid over what the project or the configuration
 * sets; name an option as undefined to be without it. A project's replaces the configuration's as a whole, and so does
 * one `test.use` another's.
 */
export interface LiveAssistOptions {
  /**
   * JS Method Name as entered in Live Assist; dotted names too.
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string | undefined;
  /**
   * Where the page fetches its token: a path such as `/live-assist/token` (on whatever host) or a whole address (on
   * its own). A query, there or in the request, is ignored. `faults`, the report of a failed chat and
   * `toKeepTokensSecret` need it.
   */
  tokenEndpoint?: string | undefined;
  /**
   * The public key, as PEM or as the one line that is pasted in Live Assist. With it the token's signature is verified
   * as Live Assist does; without it, only what can be judged without a key. Given as undefined, which is what an
   * environment variable is that nobody set, it is named in the test's annotations.
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
   * How long `start()` waits for the method before the click, in milliseconds. 0 requires the method at once. The wait
   * ends before the test times out, and earlier if nothing on the page can bring the method any more.
   *
   * @default 5000
   */
  wait?: number | undefined;
  /**
   * What a method means that appeared more than one second after `start()`: a remark in the test's annotations, or a
   * failure at the end of the test.
   *
   * @default 'annotate'
   */
  late?: 'annotate' | 'fail' | undefined;
  /**
   * Refuses all requests to LivePerson's and Live Assist's hosts at once, where an unreachable one would hold up
   * `page.goto`. A list adds hosts (each with its subdomains). Playwright turns the HTTP cache off meanwhile, and answers
   * CORS preflights itself: an endpoint on another origin, or one that lets browsers cache, may pass here and fail visitors.
   *
   * @default false
   */
  blockVendor?: boolean | string[] | undefined;
}
