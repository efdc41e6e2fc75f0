/**
 * Judges `iat`, `exp` and `nbf`: type, unit, lifetime, and whether now is within it.
 *
 * @module
 */
import { timeDefect } from '../../contract/claims.js';
import { duration } from '../duration.js';
import { type Finding, finding } from '../findings/finding.js';
import { kindOf } from '../kind-of.js';

/** Both in seconds since 1970. */
export interface TimeOfUse {
  /** The current time, by the clock that decides whether the token is still valid. */
  now: number;
  /** When the token was answered, by the server's own clock; unknown for a token without its answer. */
  arrived: number | undefined;
}

/** The unit, the number of units per second, and the start of the count in seconds before 1970. */
const OTHER_CLOCKS = [
  ['ticks of .NET, 100 nanoseconds since the year 1', 1e7, 62_135_596_800],
  ['100 nanoseconds since 1601, a Windows file time', 1e7, 11_644_473_600],
  ['seconds since the year 1', 1, 62_135_596_800],
  ['minutes since 1970', 1 / 60, 0],
] as const;
/** In seconds. A number is read by another clock only if the resulting time is at most this far from now. */
const A_MONTH = 30 * 86_400;

export function* inspectTimes(payload: Record<string, unknown>, moment: TimeOfUse): Generator<Finding> {
  const { now } = moment;
  const [iat, exp] = [yield* readTime('iat', payload.iat, now), yield* readTime('exp', payload.exp, now)];
  const nbf = payload.nbf === undefined ? undefined : yield* readTime('nbf', payload.nbf, now);
  if (iat !== undefined && exp !== undefined) yield* inspectLife(iat, exp, moment);
  if (iat !== undefined) yield* inspectIssue(iat, moment);
  const from = moment.arrived ?? moment.now;
  if (nbf !== undefined) yield* inspectStart(nbf - from, iat !== undefined && iat - from > 5);
  if (exp !== undefined && exp <= moment.now) yield expiry(exp, iat, moment);
}

/** Returns the time in seconds, also of a claim with the wrong type or unit, so that further faults can be found. */
function* readTime(claim: string, value: unknown, now: number): Generator<Finding, number | undefined> {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  const defect = timeDefect(value);
  if (typeof value === 'string') yield finding('time-text', claim, Number.isFinite(number));
  else if (defect === 'missing') yield finding('time-missing', claim);
  else if (defect === 'not-a-number') yield finding('time-not-a-number', claim, kindOf(value));
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  for (const [what, rate, epoch] of OTHER_CLOCKS) {
    const seconds = number / rate - epoch;
    if (Math.abs(seconds - now) > A_MONTH) continue;
    yield finding('time-of-another-clock', claim, what);
    return seconds;
  }
  if (timeDefect(number) === 'milliseconds') return yield* rescale(claim, number);
  // As a time, a smaller number is in 1973 or earlier.
  if (number >= 1e8 || (number <= 0 && number > -1e12)) return number;
  yield finding('time-is-duration', claim, number);
  return undefined;
}

function* rescale(claim: string, number: number): Generator<Finding, number | undefined> {
  const [unit, factor] =
    number > 1e17
      ? (['nanoseconds', 1e9] as const)
      : number > 1e14
        ? (['microseconds', 1e6] as const)
        : (['milliseconds', 1e3] as const);
  const year = Math.floor(1970 + number / 31_556_952);
  yield finding(
    'time-milliseconds',
    claim,
    unit,
    factor,
    year < 1e6 ? `in the year ${year}` : 'a million years ahead',
  );
  // The largest time that JavaScript's Date supports.
  return number / factor > 8.64e12 ? undefined : number / factor;
}

function* inspectLife(iat: number, exp: number, { now }: TimeOfUse): Generator<Finding> {
  const life = exp - iat;
  if (life <= 0) yield finding('ends-before-start');
  // (milliseconds + 7200) / 1000 is 7.2 seconds; whole numbers make it 7 or 8.
  else if (life >= 7 && life <= 8) yield finding('seven-second-sample', duration(life));
  else if (life < 60) yield finding('short-life', duration(life));
  else if (life > 86_400) yield finding('long-life', duration(life), meantShorter(life / 1000));
  else if (exp > now) yield finding('valid-until', duration(life), utc(exp));
}

function meantShorter(life: number): string {
  const slip = life >= 60 && life <= 86_400 && life % 60 === 0;
  return slip ? ` Were ${duration(life)} meant, in milliseconds? Add seconds.` : '';
}

function* inspectIssue(iat: number, { now, arrived }: TimeOfUse): Generator<Finding> {
  const ahead = iat - (arrived ?? now);
  if (ahead > 60) yield finding('issued-in-future', duration(ahead), timeZone(ahead));
  else if (ahead > 5) yield finding('clock-ahead', duration(ahead));
  else if (arrived !== undefined && ahead < -60)
    yield finding('old-on-arrival', duration(-ahead), timeZone(ahead));
}

/** The same tolerance as for `iat`: .NET sets nbf to now, and a Date header has whole seconds. */
function* inspectStart(ahead: number, isSaid: boolean): Generator<Finding> {
  if (ahead > 60) yield finding('not-yet-valid', duration(ahead));
  else if (ahead > 5 && !isSaid) yield finding('clock-ahead', duration(ahead));
}

function expiry(exp: number, iat: number | undefined, { now, arrived }: TimeOfUse): Finding {
  if (arrived === undefined) return finding('expired', duration(now - exp), utc(exp));
  if (exp > arrived) return finding('expired-since', duration(now - exp), utc(exp));
  return finding(
    'expired-on-arrival',
    duration(arrived - exp),
    iat === undefined ? '' : timeZone(iat - arrived),
  );
}

/** An offset of whole half hours, within half a minute, is typical of a local time signed as if it were UTC. */
function timeZone(offset: number): string {
  const halfHours = Math.round(offset / 1800);
  return halfHours !== 0 && Math.abs(halfHours) <= 28 && Math.abs(offset - halfHours * 1800) <= 30
    ? "That is a time zone's worth: count in UTC, not in local time."
    : '';
}

function utc(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
