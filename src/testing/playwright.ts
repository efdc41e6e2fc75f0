/**
 * The test kit for Playwright: `test` and `expect`, with fixtures that play Live Assist.
 *
 * @module
 */
import {
  expect as baseExpect,
  test as baseTest,
  type Expect,
  type Frame,
  type Page,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestInfo,
  type TestType,
} from '@playwright/test';
import { blockVendor } from './block-vendor.js';
import { createEngagements } from './engagement/engagements.js';
import type { Engagement } from './engagement/live-engagement.js';
import { matchers } from './expect/matchers.js';
import { createFaults, type Faults } from './faults/faults.js';
import type { LiveAssistOptions } from './live-assist-options.js';
import { recordContext } from './record/context-record.js';
import { requirePage } from './require-page.js';
import { resolveKitOptions } from './resolve-options.js';

export type { BridgeCode, Step } from '../diagnosis/refusal-step.js';
export type { Identity } from './engagement/ask-identities.js';
export type { Chat } from './engagement/chat.js';
export type { Engagement } from './engagement/live-engagement.js';
export type { StandIn } from './engagement/stand-in.js';
export type { EngagementAnswer, EngagementOutcome, MissingCause } from './engagement.js';
export type { RefusalCode } from './expect/matchers.js';
export type { Faults } from './faults/faults.js';
export type { LiveAssistOptions } from './live-assist-options.js';

/** What the kit adds to `use`: `defineConfig<LiveAssistTestOptions>({ use: { liveAssist: { … } } })`. */
export interface LiveAssistTestOptions {
  /**
   * Describes the site and its Live Assist account. As a fixture, it has the options of the test's file, or of its
   * project.
   */
  liveAssist: LiveAssistOptions;
}

/** What the kit adds to the arguments of a test. */
export interface LiveAssistFixtures extends LiveAssistTestOptions {
  /** Plays Live Assist on the fixture `page`. */
  engagement: Engagement;
  /**
   * Plays Live Assist on any page or frame: a second visitor's page, a second tab, a popup, an iframe. The same page
   * always gets the same engagement.
   */
  engagementOn: (target: Page | Frame) => Engagement;
  /** Simulates faults between the pages of the context and their token endpoint. */
  faults: Faults;
  /** Simulates the same faults for one page only, in any context. */
  faultsOn: (page: Page) => Faults;
}

/** What the fixtures share. */
interface PrivateFixtures {
  /** When the test began, so that a wait can end before its timeout. */
  liveAssistBegun: number;
  liveAssistEngagements: ReturnType<typeof createEngagements>;
}

const optionsOf = (liveAssist: LiveAssistOptions, { project }: TestInfo) =>
  resolveKitOptions(liveAssist, Reflect.get(project.use, 'liveAssist'));

/**
 * Playwright's `test` with the option `liveAssist` and the fixtures `engagement`, `engagementOn`, `faults` and
 * `faultsOn`. Use `mergeTests` to combine it with other fixtures.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & LiveAssistFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = baseTest.extend<LiveAssistFixtures & PrivateFixtures>({
  liveAssist: [{}, { option: true }],
  context: async ({ context, liveAssist }, use, info) => {
    const { blockVendor: block = false, tokenEndpoint } = optionsOf(liveAssist, info);
    await recordContext(context, tokenEndpoint).ready;
    if (block) await blockVendor(context, block === true ? [] : block);
    await use(context);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
  liveAssistBegun: [({}, use) => use(performance.now()), { auto: true, box: true }],
  liveAssistEngagements: [
    // Depends on the context, so that it is torn down before the context.
    async ({ context: _context, liveAssist, liveAssistBegun }, use, info) => {
      const engagements = createEngagements(optionsOf(liveAssist, info), info, liveAssistBegun);
      await use(engagements);
      await engagements.finish();
    },
    { box: true },
  ],
  engagement: async ({ page, liveAssistEngagements }, use) => {
    const { engagement, ready } = liveAssistEngagements.on(page);
    await ready;
    await use(engagement);
  },
  engagementOn: ({ liveAssistEngagements }, use) =>
    use((target) => liveAssistEngagements.on(target).engagement),
  faults: async ({ page, liveAssist }, use, info) => {
    const faults = createFaults({ page, of: 'context' }, optionsOf(liveAssist, info));
    await use(faults);
    await endFaults(faults, info);
  },
  faultsOn: async ({ liveAssist }, use, info) => {
    const all = new Map<Page, Faults>();
    await use((page) => {
      requirePage('faultsOn', page);
      const faults = all.get(page) ?? createFaults({ page, of: 'page' }, optionsOf(liveAssist, info));
      all.set(page, faults);
      return faults;
    });
    for (const faults of all.values()) await endFaults(faults, info);
  },
});

async function endFaults(faults: Faults, info: TestInfo): Promise<void> {
  await faults.end().catch((error) => {
    // A test that has skipped itself must not fail.
    if (info.status !== 'skipped') throw error;
  });
}

/**
 * Playwright's `expect` with `toBeAuthenticatedAs`, `toBeRefused`, `toIdentify` and `toKeepTokensSecret`. Use
 * `mergeExpects` to combine it with others.
 */
export const expect: Expect<typeof matchers> = baseExpect.extend(matchers);
