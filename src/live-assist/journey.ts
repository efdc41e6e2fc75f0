/**
 * Records which of the eight steps each visitor has reached, with the values that were passed.
 *
 * @module
 */
import { type Changes, createChanges } from './changes.js';
import { IDENTITY } from './messaging/identity-step.js';

export interface StepReport {
  /** 1 to 8 as in the specification, or `IDENTITY`. */
  step: number;
  state: 'done' | 'failed';
  /** What happened, in a sentence. */
  text: string;
  /** What to do about a failure. */
  remedy?: string;
  /** The values that were passed, never a key or a token. */
  facts?: Record<string, string | number>;
}

/**
 * The site reports steps 1 to 4 under the visitor's mark. Live Assist reports its steps under the engagement's id. The
 * token connects the two: the engagement that receives a token belongs to the visitor for whom it was signed.
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
  /** The steps of one visitor, and of the latest engagement: one of the visitor's own, or the given one. */
  reports(visitor: string | undefined, engagement: string | undefined): StepReport[];
  /** The steps of the engagement that was clicked last. */
  latest(): StepReport[];
  /** Identifies this process, so that a restart is noticed. */
  run: string;
  /** Topics are the visitors' marks and the engagements' ids. The topic `latest` covers all of them. */
  changes: Changes;
}

interface Traveller {
  reports: StepReport[];
  token?: string;
  /** Engagements that received this visitor's token. */
  engagements: string[];
}

/** The maximum number of entries. The ones without news for longest are dropped first. */
const most = 1000;
const CLICK = 5;

/** Whether a step belongs to an engagement, not to the site. */
const isOfEngagement = (step: number) => step >= CLICK || step === IDENTITY;

export function createJourney(): Journey {
  const changes = createChanges();
  const travellers = new Map<string, Traveller>();
  /** The order of identities and clicks: the last entry is the latest engagement. */
  let clicked: string[] = [];

  const travellerOf = (whose: string): Traveller => {
    const found = travellers.get(whose) ?? { reports: [], engagements: [] };
    // Moves the entry to the end, because the map is ordered by the latest news.
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
      // A click starts again, but the page had identified its visitor before the click.
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

/** Merges what Live Assist learnt from the bridge about steps 1 to 4 into the site's own reports. */
function merge(site: StepReport[], chat: StepReport[]): StepReport[] {
  const heard = chat.find(({ step }) => !isOfEngagement(step));
  const failed = site.find(({ state }) => state === 'failed');
  const rest = chat.filter(({ step }) => isOfEngagement(step));
  if (!heard || (failed && failed.step < heard.step))
    return [...site.filter(({ step }) => !failed || step <= failed.step), ...rest];
  // If both report the same step, the site says what happened, and the bridge says what to do.
  const both =
    failed?.step === heard.step ? { ...heard, ...failed, remedy: failed.remedy ?? heard.remedy } : heard;
  const { remedy, ...known } = both;
  return [
    ...site.filter(({ step }) => step < heard.step),
    { ...known, ...(remedy !== undefined && { remedy }) },
    ...rest,
  ];
}
