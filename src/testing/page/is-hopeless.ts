/**
 * Decides whether waiting for the method is pointless.
 *
 * @module
 */
import { bridgeTags, inlineScripts } from './bridge-tags.js';
import { type ScriptHints, scriptHints } from './script-hints.js';

/** What the test kit knows about a page. The event `live-assist-engagement:quiet` carries it as `detail`. */
export interface Quiet extends ScriptHints {
  /** How long the page has requested nothing, in milliseconds. */
  milliseconds: number;
}

/** As long as Playwright's own "networkidle". */
const idle = 500;

/** A page may load code when it is idle, or a moment after it has loaded. */
const idleWithLoader = 3_000;

/**
 * Whether the method can no longer appear: the page has loaded, its network is idle, and its tag is absent or has
 * failed. A page whose own scripts mention the method may still create it at any moment.
 */
export function isHopeless(methodName: string, quiet: Quiet): boolean {
  if (document.readyState !== 'complete' || quiet.milliseconds < idle) return false;
  const own = scriptHints(inlineScripts(), methodName);
  const createsBridge = own.createsBridge || quiet.createsBridge;
  const tags = bridgeTags();
  const isBroken = tags.every(
    ({ failure, hasEndpoint }) => failure !== undefined || (!hasEndpoint && !createsBridge),
  );
  if (tags.length > 0 && isBroken) return true;
  if (tags.length > 0 || createsBridge || own.mentionsMethod || quiet.mentionsMethod) return false;
  return quiet.milliseconds >= (own.loadsCode || quiet.loadsCode ? idleWithLoader : idle);
}
