/**
 * Waits until all animations on a page have ended.
 *
 * @module
 */
import type { Page } from '@playwright/test';

/** Resolves when every finite animation and transition has ended, in all frames and open shadow roots. */
export async function animationsFinished(page: Page): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate(async () => {
      const rootsIn = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
        root,
        ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
          shadowRoot ? rootsIn(shadowRoot) : [],
        ),
      ];
      const running = () =>
        rootsIn(document)
          .flatMap((root) => root.getAnimations())
          .filter(
            ({ playState, effect }) =>
              playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
          );
      // An animation that ends can start the next. A cancelled animation rejects, and has also ended.
      for (let animations = running(); animations.length > 0; animations = running())
        await Promise.allSettled(animations.map(({ finished }) => finished));
    });
}
