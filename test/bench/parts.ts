/**
 * The parts of the bench, in the order in which they run. Parts that drive a browser come last, because Playwright's hooks in
 * this process slow down every promise.
 *
 * @module
 */
import type { Effort } from './rounds.js';
import type { Row } from './row.js';

type Part = (effort: Effort) => Promise<Row[]>;

/** Each loads its part without running it. */
export const parts: Record<string, () => Promise<Part>> = {
  size: async () => (await import('./page/size.js')).size,
  minting: async () => (await import('./endpoint/minting.js')).minting,
  handler: async () => (await import('./endpoint/handler.js')).handler,
  steady: async () => (await import('./endpoint/steady.js')).steady,
  memory: async () => (await import('./endpoint/memory.js')).memory,
  recipes: async () => (await import('./endpoint/recipes.js')).recipes,
  evaluation: async () => (await import('./page/evaluation.js')).evaluation,
  call: async () => (await import('./page/call.js')).call,
  behaviour: async () => (await import('./page/behaviour.js')).behaviour,
};
