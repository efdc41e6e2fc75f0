/**
 * The options that describe the site and its Live Assist account to the test kit.
 *
 * @module
 */

/**
 * The option `liveAssist` in `use`. Options that a file sets with `test.use` are merged over those of the project or
 * the configuration; set an option to `undefined` to remove it. A project's `liveAssist` replaces the configuration's
 * as a whole, and a second `test.use` replaces the first.
 */
export interface LiveAssistOptions {
  /**
   * The JS Method Name as entered in Live Assist. It may be a dotted name.
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string | undefined;
  /**
   * Where the page fetches its token: a path such as `/live-assist/token`, which matches on any host, or a whole
   * address. Queries are ignored. Required for `faults`, for the exchange in the report of a failed chat, and for
   * `toKeepTokensSecret`.
   */
  tokenEndpoint?: string | undefined;
  /**
   * The public key, as PEM or as the single line that is pasted in Live Assist. With it, the token's signature is
   * verified as Live Assist does; without it, the signature is not verified. If the option is present but `undefined`,
   * such as an unset environment variable, the test's annotations say so.
   */
  publicKey?: string | undefined;
  /**
   * The issuer as entered in Live Assist. The token's `iss` must equal it byte for byte. Without it, any issuer passes.
   */
  issuer?: string | undefined;
  /**
   * How long an engagement waits for the callback, in milliseconds of the page's clock. The wait also ends shortly
   * before the test times out.
   *
   * @default 10000
   */
  limit?: number | undefined;
  /**
   * How long `start()` waits for the method before the click, in milliseconds. With 0 the method must be there at once.
   * The wait ends before the test times out, and earlier if the method can no longer appear.
   *
   * @default 5000
   */
  wait?: number | undefined;
  /**
   * What happens if the method appears more than one second after `start()`: a note in the test's annotations, or a
   * failure at the end of the test.
   *
   * @default 'annotate'
   */
  late?: 'annotate' | 'fail' | undefined;
  /**
   * Refuses all requests to LivePerson's and Live Assist's hosts at once, because an unreachable host would delay
   * `page.goto`. A list adds hosts, each with its subdomains. Meanwhile Playwright turns off the HTTP cache and answers
   * CORS preflights itself. An endpoint on another origin, or an endpoint whose answers browsers may cache, can
   * therefore pass here and fail for visitors.
   *
   * @default false
   */
  blockVendor?: boolean | string[] | undefined;
}
