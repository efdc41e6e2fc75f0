/**
 * The findings about the times of a token: iat, exp and nbf.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

export const timeFindings = {
  'time-missing': [
    'error',
    (claim: string) => `The token has no "${claim}". Add it: a number, in seconds since 1970.`,
  ],
  'time-text': [
    'error',
    (claim: string, isNumber: boolean) =>
      isNumber
        ? `"${claim}" is a text in quotes. Live Assist requires a number: seconds since 1970, without quotes.`
        : `"${claim}" is a text, such as a date in words, instead of a number. Live Assist requires seconds since 1970.`,
  ],
  'time-not-a-number': [
    'error',
    (claim: string, type: string) => `"${claim}" is ${type} instead of a number. Count seconds since 1970.`,
  ],
  'time-milliseconds': [
    'error',
    (claim: string, unit: string, factor: number, when: string) =>
      `"${claim}" is in ${unit}: read as seconds it lies ${when}. Divide it by ${factor.toLocaleString('en')}.`,
  ],
  'time-of-another-clock': [
    'error',
    (claim: string, what: string) =>
      `"${claim}" counts ${what}. Count seconds since 1970; in .NET that is DateTimeOffset.UtcNow.ToUnixTimeSeconds().`,
  ],
  'time-is-duration': [
    'error',
    (claim: string, value: number) =>
      `"${claim}" is ${value}, a duration rather than a time. Add it to the present time: seconds since 1970.`,
  ],
  'ends-before-start': [
    'error',
    () => 'The token ends ("exp") before it begins ("iat"). Set exp to iat plus the lifetime in seconds.',
  ],
  'seven-second-sample': [
    'error',
    (life: string) =>
      `The token lives only ${life}. Most likely the site copied the sample of Live Assist's documentation, which adds 7200 to milliseconds before it divides by 1000. Add 7200 after the division: exp = iat + 7200. The library jsonwebtoken takes expiresIn: "7200" for milliseconds, too: pass the number, without quotes.`,
  ],
  'short-life': [
    'warning',
    (life: string) =>
      `The token lives only ${life}. Chats that start late are refused: give it 300 seconds or more, and check that seconds were added to seconds, not to milliseconds.`,
  ],
  'long-life': [
    'warning',
    (life: string, hint: string) =>
      `The token lives ${life}: anyone who gets hold of it can chat as that contact for that long.${hint} 7200 seconds are enough, as the bridge fetches a new one.`,
  ],
  expired: [
    'error',
    (ago: string, when: string) =>
      `The token expired ${ago} ago (${when}), by the clock of this machine. If you have an old copy, take a fresh one. If the token is fresh, the server's clock or time zone is wrong.`,
  ],
  'expired-since': [
    'error',
    (ago: string, when: string) =>
      `The token was valid when it was answered and has expired since, ${ago} ago (${when}). Nothing is wrong with that; for a chat take a fresh one.`,
  ],
  'expired-on-arrival': [
    'error',
    (ago: string, hint: string) =>
      `The token had expired ${ago} before it arrived. ${hint || "A cache or the server's own session handed out an old one: mint a token per request."}`,
  ],
  'old-on-arrival': [
    'warning',
    (ago: string, hint: string) =>
      `The token was issued ${ago} before it was answered. ${hint || "The server keeps tokens: make sure that it never hands out a former visitor's, or mint one per request."}`,
  ],
  'clock-ahead': [
    'warning',
    (ahead: string) =>
      `The token is dated ${ahead} in the future. Let the server's clock follow a time server: a strict verifier refuses such tokens.`,
  ],
  'issued-in-future': [
    'error',
    (ahead: string, hint: string) =>
      `The token is dated ${ahead} in the future. ${hint || "The server's clock is wrong: let it follow a time server."}`,
  ],
  'not-yet-valid': [
    'error',
    (ahead: string) =>
      `"nbf" forbids the use of the token for another ${ahead}. Leave nbf out; it is not needed.`,
  ],
  'valid-until': [
    'note',
    (life: string, until: string) => `The token lives ${life} and is valid until ${until}.`,
  ],
} as const satisfies FindingTable;
