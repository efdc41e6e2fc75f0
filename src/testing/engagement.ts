/**
 * Does what Live Assist does when the visitor clicks: finds the method by name, calls it, and waits for the callback.
 *
 * The build puts everything that this file imports inside the function `startEngagement`, so that the function's source
 * text can be injected into any page.
 *
 * @module
 */
import { callMethod } from './page/call-method.js';
import { checkOptions } from './page/check-options.js';
import { explainMissing } from './page/explain-missing.js';
import { isHopeless, type Quiet } from './page/is-hopeless.js';
import { natives } from './page/natives.js';
import { shown } from './page/shown.js';
import { type Waited, waitForMethod } from './page/wait-for-method.js';

export interface EngagementOptions {
  /**
   * JS Method Name as entered in Live Assist. Dotted names such as `auth.getAuthenticationToken` are looked up object
   * by object.
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string | undefined;
  /**
   * How long to wait for the callback, in milliseconds of the page's clock. Live Assist documents no limit; Microsoft's
   * similar contract allows ten seconds.
   *
   * @default 10000
   */
  limit?: number | undefined;
  /**
   * How long to wait for the method before the click, in milliseconds. With 0 the method must be there at once, as for
   * Live Assist.
   *
   * @default 5000
   */
  wait?: number | undefined;
  /**
   * Called for every answer after the engagement has ended: a second answer, or the first one if it came after the
   * limit. Two answers in immediate succession are not reported here; their outcome is `answered-twice`.
   */
  onLateAnswer?: ((answer: EngagementAnswer) => void) | undefined;
  /** Called once the method has been found, right before it is called. */
  onClick?: (() => void) | undefined;
}

/**
 * - `authenticated`: called back with one string in the form of a token. The token is not verified here.
 * - `refused`: called back with a second argument other than null or undefined, or with anything that is not a token.
 * - `method-missing`: no function had that name at the click.
 * - `no-answer`: not called back within the limit.
 * - `answered-twice`: called back more than once.
 * - `navigated`: the page navigated on the click. Only the Playwright kit detects this.
 */
export type EngagementOutcome =
  | 'authenticated'
  | 'refused'
  | 'method-missing'
  | 'no-answer'
  | 'answered-twice'
  | 'navigated';

/**
 * Why the method is missing.
 *
 * - `not-open`: the page is about:blank, did not load, crashed, or was closed, or the frame was removed.
 * - `tag-not-loaded`: the tag's file did not load or did not run (404, policy, integrity, consent tool, exception).
 * - `attribute-missing`: the tag has no `data-token-endpoint`.
 * - `other-name`: the tag names its method differently.
 * - `replaced`: another script has taken the name or removed the method.
 * - `not-on-window`: a script declares the method, but in a module, or in another place that is not the global scope.
 * - `misspelt`: a function of the page has almost that name.
 * - `child-frame`: a child frame has the method.
 * - `script-threw`: a script of the page threw.
 * - `script-not-loaded`: a script of the page was blocked or not found.
 * - `bridge-message`: the bridge wrote the cause to the console. Only the Playwright kit detects this.
 */
export type MissingCause =
  | 'not-open'
  | 'tag-not-loaded'
  | 'attribute-missing'
  | 'other-name'
  | 'replaced'
  | 'not-on-window'
  | 'misspelt'
  | 'child-frame'
  | 'script-threw'
  | 'script-not-loaded'
  | 'bridge-message';

export interface EngagementAnswer {
  outcome: EngagementOutcome;
  /** What the method handed over, if it has the form of a token. After two answers, this is the first one. */
  token?: string;
  /** The token's payload, decoded but not verified. */
  claims?: Record<string, unknown>;
  /** The callback's second argument as text, if the method refused. */
  reason?: string;
  /** Why the bridge refused: the code of its event `live-assist-bridge:error`. */
  code?: string;
  /** What went wrong and what to do, for every outcome except `authenticated`. Contains no token. */
  message?: string;
  /** Why the method is missing, if the cause can be determined. */
  cause?: MissingCause;
  /** The page's function whose name is most similar to the missing name, if any is similar. */
  nearest?: string;
  /** The second answer, if there were two. */
  second?: EngagementAnswer;
  /** How late the method appeared, in milliseconds after the start: 0 if it was there at once. */
  waited?: number;
  /** From the click to the answer (or to the limit), in milliseconds. */
  milliseconds: number;
}

/**
 * Waits for the method, clicks, and returns the answer. The click looks up `methodName` on the global object and calls
 * it with one callback.
 *
 * In the built package the function refers to nothing outside itself, so its source text can be injected into any page,
 * even under a strict Content-Security-Policy. The promise never rejects. Only the token's form is checked; `diagnose`
 * of `live-assist-bridge/server` checks the rest.
 *
 * @throws TypeError for an unknown option, or for one of the wrong type.
 */
export function startEngagement(options: EngagementOptions = {}): Promise<EngagementAnswer> {
  checkOptions(options);
  const { methodName = 'authoriseChatWithCallback', limit = 10_000, wait = 5_000 } = options;
  const { onLateAnswer, onClick } = options;

  const giveUpIfHopeless = (event: Event) => {
    const quiet: Quiet | undefined = 'detail' in event ? (event.detail as Quiet) : undefined;
    if (quiet && isHopeless(methodName, quiet))
      dispatchEvent(new Event('live-assist-engagement:stop-waiting'));
  };
  const { NativePromise, addEventListener, removeEventListener } = natives();
  addEventListener?.('live-assist-engagement:quiet', giveUpIfHopeless);

  const go = ({ found, waited }: Waited): EngagementAnswer | Promise<EngagementAnswer> => {
    removeEventListener?.('live-assist-engagement:quiet', giveUpIfHopeless);
    if (!found.method) {
      const explanation = explainMissing(methodName, found, { wait, waited });
      return { outcome: 'method-missing', ...explanation, waited, milliseconds: 0 };
    }
    onClick?.();
    return callMethod(found, { limit, onLateAnswer }).then((answer) => ({ ...answer, waited }));
  };
  return new NativePromise<Waited>((resolve) => waitForMethod(methodName, wait, resolve))
    .then<EngagementAnswer>(go)
    .catch((error: unknown) => ({
      outcome: 'method-missing',
      message: `The engagement could not go on, because a script of this page has replaced a function of the browser with one that fails: "${shown(error)}".`,
      milliseconds: 0,
    }));
}
