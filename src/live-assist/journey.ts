/**
 * Which of the eight steps each visitor has reached, and what was passed on the way.
 *
 * @module
 */
import { type Changes, createChanges } from './changes.js';
import { IDENTITY } from './messaging/identity-step.js';

export interface StepReport {
  /** 1 to 8, as the specification counts, or `IDENTITY`. */
  step: number;
  state: 'done' | 'failed';
  /** What happened, in a sentence. */
  text: string;
  /** What to do about a failure. */
  remedy?: string;
  /** What was passed. Never a key, never a token. */
  facts?: Record<string, string | number>;
}

/**
 * The site reports steps 1 to 4 under the visitor's mark, Live Assist reports its part under the engagement's id. The
 * token ties them together: the engagement that receives it belongs to the visitor it was signed for.
 */
export interface Journey {
  /** Reports a step; `whose` is a visitor's mark or an engagement's id. Its reports from step `since` on are dropped. */
  tell(whose: string, report: StepReport, since?: number): void;
  /** A token was signed for this visitor. */
  signed(visitor: string, token: string): void;
  /** This engagement received a token. */
  received(engagement: string, token: string): void;
  /** The last token that was signed for this visitor. */
  tokenOf(visitor: string): string | undefined;
  /** The visitor has signed out, or the engagement's page has ended it. */
  leave(whose: string): void;
  /** The steps of one visitor, and of the latest engagement among theirs and the given one. */
  reports(visitor: string | undefined, engagement: string | undefined): StepReport[];
  /** The steps of the engagement that was clicked last. */
  latest(): StepReport[];
  /** Another one after a restart. */
  run: string;
  /** The visitor's marks and engagements' ids are the topics; `latest` is one for all. */
  changes: Changes;
}

interface Traveller {
  reports: StepReport[];
  token?: string;
  /** Engagements that received this visitor's token. */
  engagements: string[];
}

/** Beyond these, the ones without news for longest are forgotten. */
const most = 1000;
const CLICK = 5;

/** Steps of an engagement, not of the site. */
const isOfEngagement = (step: number) => step >= CLICK || step === IDENTITY;

export function createJourney(): Journey {
  const changes = createChanges();
  const travellers = new Map<string, Traveller>();
  /** The order of identities and clicks: the last entry is the latest engagement. */
  let clicked: string[] = [];

  const travellerOf = (whose: string): Traveller => {
    const found = travellers.get(whose) ?? { reports: [], engagements: [] };
    // Moves to the end: the map's order is the order of the latest news.
    travellers.delete(whose);
    travellers.set(whose, found);
    for (const old of [...travellers.keys()].slice(0, -most)) travellers.delete(old);
    return found;
  };
  const visitorOf = (token: string) =>
    [...travellers].find(([, traveller]) => traveller.token === token)?.[0];
  const announce = (whose: string) => {
    changes.announce(whose);
    for (const [visitor, { engagements }] of travellers)
      if (engagements.includes(whose)) changes.announce(visitor);
    changes.announce('latest');
  };

  const reports: Journey['reports'] = (visitor, engagement) => {
    const own = travellers.get(visitor ?? '');
    const candidates = [...(own?.engagements ?? []), engagement];
    const latest = clicked.findLast((id) => candidates.includes(id));
    return merge(own?.reports ?? [], travellers.get(latest ?? '')?.reports ?? []);
  };

  return {
    run: crypto.randomUUID(),
    changes,
    reports,
    latest: () => travellers.get(clicked.at(-1) ?? '')?.reports ?? [],
    tokenOf: (visitor) => travellers.get(visitor)?.token,
    signed(visitor, token) {
      travellerOf(visitor).token = token;
    },
    received(engagement, token) {
      const visitor = visitorOf(token);
      if (visitor === undefined) return;
      const { engagements } = travellerOf(visitor);
      if (!engagements.includes(engagement)) engagements.push(engagement);
    },
    tell(whose, report, since = report.step) {
      const traveller = travellerOf(whose);
      // A click begins anew, but the page has identified its visitor before.
      const earlier = traveller.reports.filter(
        ({ step }) => step !== report.step && (step < since || step === IDENTITY),
      );
      traveller.reports = [...earlier, report].sort((a, b) => a.step - b.step);
      if (report.step === CLICK || report.step === IDENTITY)
        clicked = [...clicked.filter((id) => id !== whose), whose].slice(-most);
      announce(whose);
    },
    leave(whose) {
      travellers.delete(whose);
      clicked = clicked.filter((id) => id !== whose);
      announce(whose);
    },
  };
}

/** What Live Assist learnt from the bridge about steps 1 to 4 comes on top of what the site reported itself. */
function merge(site: StepReport[], chat: StepReport[]): StepReport[] {
  const heard = chat.find(({ step }) => !isOfEngagement(step));
  const failed = site.find(({ state }) => state === 'failed');
  const rest = chat.filter(({ step }) => isOfEngagement(step));
  if (!heard || (failed && failed.step < heard.step))
    return [...site.filter(({ step }) => !failed || step <= failed.step), ...rest];
  // At the same step the site knows best what happened, and the bridge what to do.
  const both =
    failed?.step === heard.step ? { ...heard, ...failed, remedy: failed.remedy ?? heard.remedy } : heard;
  const { remedy, ...known } = both;
  return [
    ...site.filter(({ step }) => step < heard.step),
    { ...known, ...(remedy !== undefined && { remedy }) },
    ...rest,
  ];
}
