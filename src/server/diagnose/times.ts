/** Judges `iat`, `exp` and `nbf`: their type, their unit, the life between them, and where it lies against now. */
import { timeDefect } from '../../token/claims.js';
import { duration } from './duration.js';
import { type Finding, finding } from './finding.js';
import { kindOf } from './kind-of.js';

/** `now` in seconds; `onArrival` if it is the moment the token was answered, by the server's own clock. */
export interface Moment {
  now: number;
  onArrival: boolean;
}

export function* inspectTimes(payload: Record<string, unknown>, moment: Moment): Generator<Finding> {
  const [iat, exp] = [yield* readTime('iat', payload.iat), yield* readTime('exp', payload.exp)];
  const nbf = payload.nbf === undefined ? undefined : yield* readTime('nbf', payload.nbf);
  if (iat !== undefined && exp !== undefined) yield* inspectLife(iat, exp);
  if (iat !== undefined) yield* inspectIssue(iat, moment);
  if (nbf !== undefined && nbf > moment.now) yield finding('not-yet-valid', duration(nbf - moment.now));
  if (exp !== undefined) yield* inspectExpiry(exp, iat, moment);
}

/** The time in seconds, also of a claim in the wrong unit or type, so that what else is wrong can be said. */
function* readTime(claim: string, value: unknown): Generator<Finding, number | undefined> {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof value === 'string') yield finding('time-text', claim);
  else if (timeDefect(value) === 'missing') yield finding('time-missing', claim);
  else if (timeDefect(value) === 'not-a-number') yield finding('time-not-a-number', claim, kindOf(value));
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if (timeDefect(number) === 'milliseconds') {
    const [unit, factor] =
      number > 1e17 ? ['nanoseconds', 1e9] : number > 1e14 ? ['microseconds', 1e6] : ['milliseconds', 1e3];
    yield finding('time-milliseconds', claim, unit as string, farAway(number));
    return number / (factor as number);
  }
  // As a time that is 1973 or earlier.
  if (number >= 1e8) return number;
  yield finding('time-is-duration', claim, number);
  return undefined;
}

function farAway(seconds: number): string {
  const year = 1970 + seconds / 31_556_952;
  return year < 200_000 ? `in the year ${Math.floor(year)}` : 'hundreds of thousands of years ahead';
}

function* inspectLife(iat: number, exp: number): Generator<Finding> {
  const life = exp - iat;
  if (life <= 0) yield finding('ends-before-start');
  // (milliseconds + 7200) / 1000 is 7.2 seconds; whole numbers make it 7 or 8.
  else if (life >= 7 && life <= 8) yield finding('seven-second-sample', duration(life));
  else if (life < 60) yield finding('short-life', duration(life));
  else if (life > 86_400) {
    const meant = life / 1000;
    const slip = meant >= 60 && meant <= 86_400 && Number.isInteger(meant);
    yield finding(
      'long-life',
      duration(life),
      slip ? ` Were ${duration(meant)} meant, in milliseconds? Add seconds.` : '',
    );
  }
}

function* inspectIssue(iat: number, { now, onArrival }: Moment): Generator<Finding> {
  const ahead = iat - now;
  if (ahead > 60) yield finding('issued-in-future', duration(ahead), timeZone(ahead));
  else if (ahead > 5) yield finding('clock-ahead', duration(ahead));
  else if (onArrival && ahead < -60) yield finding('old-on-arrival', duration(-ahead), timeZone(ahead));
}

function* inspectExpiry(
  exp: number,
  iat: number | undefined,
  { now, onArrival }: Moment,
): Generator<Finding> {
  const left = exp - now;
  const until =
    Math.abs(exp) < 8e12 ? `${new Date(exp * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC` : '';
  if (left > 0) {
    if (iat !== undefined && exp > iat) yield finding('valid-until', duration(exp - iat), until);
  } else if (onArrival) {
    yield finding('expired-on-arrival', duration(-left), iat === undefined ? '' : timeZone(iat - now));
  } else yield finding('expired', duration(-left), until);
}

/** Whole half hours off, within half a minute: the mark of a local time signed as if it were UTC. */
function timeZone(offset: number): string {
  const halfHours = Math.round(offset / 1800);
  return halfHours !== 0 && Math.abs(halfHours) <= 28 && Math.abs(offset - halfHours * 1800) <= 30
    ? 'That is a time zone’s worth: count in UTC, not in local time.'
    : '';
}
