/**
 * All engagements of one test.
 *
 * @module
 */
import type { Frame, Page, TestInfo } from '@playwright/test';
import type { LiveAssistOptions } from '../live-assist-options.js';
import { requirePageOrFrame } from '../require-page.js';
import { createEngagement, type EngagementControl } from './live-engagement.js';

/** The time of a test that is reserved for reporting a missing method, in milliseconds. */
const reserve = 2_000;

/** Creates one engagement for each page or frame of the test `info`, which began at `begun` on Node's clock. */
export function createEngagements(options: LiveAssistOptions, info: TestInfo, begun: number) {
  const controls = new Map<Page | Frame, EngagementControl>();
  const remaining = () =>
    info.timeout === 0 ? Number.POSITIVE_INFINITY : info.timeout - reserve - (performance.now() - begun);
  let isNoted = false;

  /**
   * Notes in the test's annotations which checks are off because an option is undefined, mostly an unset environment
   * variable.
   */
  const note = () => {
    if (isNoted) return;
    isNoted = true;
    for (const [name, type] of [
      ['publicKey', 'signature not verified'],
      ['issuer', 'issuer not compared'],
    ] as const)
      if (name in options && options[name] === undefined)
        info.annotations.push({
          type,
          description: `liveAssist.${name} is undefined. Is an environment variable not set?`,
        });
  };

  return {
    /** @throws TypeError for anything but a page or a frame. */
    on(given: Page | Frame): EngagementControl {
      requirePageOrFrame('engagementOn', given);
      note();
      const isMain = 'parentFrame' in given && given === given.page().mainFrame();
      const target = isMain ? given.page() : given;
      const control = controls.get(target) ?? createEngagement(target, options, info, remaining);
      controls.set(target, control);
      return control;
    },
    /** @throws Error if an engagement has failed after its end. */
    async finish(): Promise<void> {
      const failures: Error[] = [];
      for (const { finish } of controls.values())
        await finish().catch((error: Error) => {
          failures.push(error);
        });
      if (failures[0]) throw failures[0];
    },
  };
}
