/**
 * What a number of signed-in visits per second costs a site, and which limit it reaches first.
 *
 * @module
 */

/** One signed-in visit in so many starts a chat. */
const visitsPerChat = 50;
/** One visit in so many is the first by its visitor. Later ones find the GUID with the account. */
const visitsPerVisitor = 100;
/** Dataverse allows one application user 6,000 requests in five minutes on each of its web servers. */
const lookUpsPerSecond = 20;

/**
 * A row of the table in docs/benchmarks.md.
 *
 * @param visits Signed-in visits per second.
 * @param cost Milliseconds of one core for a token.
 */
export function growthText(visits: number, cost: number): string {
  const atClick = visits / visitsPerChat;
  const firstVisits = visits / visitsPerVisitor;
  const cores = (tokens: number) => `${short(tokens)} a second, ${short((tokens * cost) / 1000)} cores`;
  return `| ${[
    short(visits),
    cores(atClick),
    cores(visits),
    `${short(firstVisits)} a second`,
    firstLimit({ atClick, ahead: visits, firstVisits }),
  ].join(' | ')} |`;
}

function firstLimit(lookUps: { atClick: number; ahead: number; firstVisits: number }): string {
  if (lookUps.ahead < lookUpsPerSecond) return 'none';
  if (lookUps.atClick < lookUpsPerSecond) return 'Dynamics, if every token ahead needs a look-up';
  if (lookUps.firstVisits < lookUpsPerSecond) return 'Dynamics, unless GUIDs are kept';
  return 'Dynamics, even if GUIDs are kept';
}

const short = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 2 });
