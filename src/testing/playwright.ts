/** The test kit for Playwright: `test` and `expect`, with Live Assist's part played. */
import {
  expect as baseExpect,
  test as baseTest,
  type Expect,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestInfo,
  type TestType,
} from '@playwright/test';
import { blockVendor } from './block-vendor.js';
import { createEngagement, type Engagement } from './engagement/live-engagement.js';
import { matchers } from './expect/matchers.js';
import { createFaults, type Faults } from './faults/faults.js';
import type { LiveAssistOptions } from './live-assist-options.js';
import { resolveOptions } from './resolve-options.js';

export type { BridgeCode, Step } from '../diagnosis/refusal-step.js';
export type { Chat } from './engagement/chat.js';
export type { Engagement } from './engagement/live-engagement.js';
export type { StandIn } from './engagement/stand-in.js';
export type { EngagementAnswer, EngagementOutcome } from './engagement.js';
export type { RefusalCode } from './expect/matchers.js';
export type { Faults } from './faults/faults.js';
export type { LiveAssistOptions } from './live-assist-options.js';

/** What the kit adds to `use`: `defineConfig<LiveAssistTestOptions>({ use: { liveAssist: { … } } })`. */
export interface LiveAssistTestOptions {
  /** The site and its Live Assist account. As a fixture: what the test's file sets, or else its project. */
  liveAssist: LiveAssistOptions;
}

/** What the kit adds to the arguments of a test. */
export interface LiveAssistFixtures extends LiveAssistTestOptions {
  /** Live Assist's part, played on the page. */
  engagement: Engagement;
  /** What can go wrong between the page and its token endpoint, on demand. */
  faults: Faults;
}

const optionsOf = (liveAssist: LiveAssistOptions, { project }: TestInfo) =>
  resolveOptions(liveAssist, Reflect.get(project.use, 'liveAssist'));

/**
 * Playwright's `test` with the option `liveAssist` and the fixtures `engagement` and `faults`. `mergeTests` joins it
 * with others.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & LiveAssistFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = baseTest.extend<LiveAssistFixtures>({
  liveAssist: [{}, { option: true }],
  context: async ({ context, liveAssist }, use, info) => {
    const { blockVendor: block = false } = optionsOf(liveAssist, info);
    if (block) await blockVendor(context, block === true ? [] : block);
    await use(context);
  },
  engagement: async ({ page, liveAssist }, use, info) => {
    const options = optionsOf(liveAssist, info);
    for (const [name, type] of [
      ['publicKey', 'signature not verified'],
      ['issuer', 'issuer not compared'],
    ] as const)
      if (name in options && options[name] === undefined)
        info.annotations.push({
          type,
          description: `liveAssist.${name} is undefined. Is an environment variable not set?`,
        });
    const { engagement, finish } = await createEngagement(page, options);
    await use(engagement);
    await finish();
  },
  faults: async ({ page, liveAssist }, use, info) => {
    const faults = createFaults(page, optionsOf(liveAssist, info));
    await use(faults);
    await faults.end().catch((error) => {
      // A test that has skipped itself owes nothing.
      if (info.status !== 'skipped') throw error;
    });
  },
});

/** Playwright's `expect` with `toBeAuthenticatedAs` and `toBeRefused`. `mergeExpects` joins it with others. */
export const expect: Expect<typeof matchers> = baseExpect.extend(matchers);
