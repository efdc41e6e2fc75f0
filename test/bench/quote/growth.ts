/**
 * Computes what signed-in visits per second cost a site, and which limit is reached first.
 *
 * @module
 */

/** One signed-in visit in this many starts a chat. */
const visitsPerChat = 50;
/** One visit in this many is the visitor's first. Later visits find the GUID in the account. */
const visitsPerVisitor = 100;
/** Dataverse allows one application user 6,000 requests in five minutes on each of its web servers. */
const lookUpsPerSecond = 20;
/** Cloudflare Workers allows a free account this many requests a day. */
const freeRequestsPerDay = 100_000;
const secondsPerDay = 86_400;

const header = [
  'signed-in visits a second',
  'tokens at the click',
  'tokens ahead',
  'look-ups if GUIDs are kept',
  'free account of an edge platform',
  'limit reached first',
];

/** @param cost Milliseconds of one core for a token. */
export function growthTable(cost: number): string {
  const rows = [1, 10, 100, 1000, 10_000].map((visits) => growth(visits, cost));
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function growth(visits: number, cost: number): string[] {
  const atClick = visits / visitsPerChat;
  const firstVisits = visits / visitsPerVisitor;
  const cores = (tokens: number) => `${short(tokens)} a second, ${short((tokens * cost) / 1000)} cores`;
  return [
    short(visits),
    cores(atClick),
    cores(visits),
    `${short(firstVisits)} a second`,
    freePlan(atClick, visits),
    firstLimit({ atClick, ahead: visits, firstVisits }),
  ];
}

function freePlan(atClick: number, ahead: number): string {
  const fits = (tokens: number) => tokens * secondsPerDay <= freeRequestsPerDay;
  if (fits(ahead)) return 'enough';
  return fits(atClick) ? 'enough at the click' : 'too small';
}

function firstLimit(lookUps: { atClick: number; ahead: number; firstVisits: number }): string {
  if (lookUps.ahead < lookUpsPerSecond) return 'none';
  if (lookUps.atClick < lookUpsPerSecond) return 'Dynamics, if every token ahead needs a look-up';
  if (lookUps.firstVisits < lookUpsPerSecond) return 'Dynamics, unless GUIDs are kept';
  return 'Dynamics, even if GUIDs are kept';
}

const short = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 2 });
