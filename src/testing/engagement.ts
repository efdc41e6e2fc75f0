/** Plays the moment of the visitor's click, as Live Assist does: finds the method by name, calls it, waits. */

export interface EngagementOptions {
  /**
   * JS Method Name as entered in Live Assist. Dotted names lead through objects: `auth.getAuthenticationToken`.
   *
   * @default 'authoriseChatWithCallback'
   */
  methodName?: string;
  /**
   * How long to wait for the callback, in milliseconds. Live Assist documents no limit; Microsoft's twin contract
   * gives ten seconds.
   *
   * @default 10000
   */
  limit?: number;
  /**
   * Called for every answer that comes after the engagement has ended: the second one, or the first one when it came
   * after the limit. Answers which follow each other in one go do not come here: they make `answered-twice`.
   */
  onLateAnswer?: (answer: EngagementAnswer) => void;
}

/**
 * - `authenticated`: called back with one string in the form of a token. Nothing is verified here.
 * - `refused`: called back with a second argument other than null or undefined, or with anything that is no token.
 * - `method-missing`: at the click no function had that name.
 * - `no-answer`: not called back within the limit.
 * - `answered-twice`: called back more than once.
 */
export type EngagementOutcome =
  | 'authenticated'
  | 'refused'
  | 'method-missing'
  | 'no-answer'
  | 'answered-twice';

export interface EngagementAnswer {
  outcome: EngagementOutcome;
  /** What the method handed over, if that has the form of a token (when answered twice: the first time). */
  token?: string;
  /** The token's payload, decoded but not verified. */
  claims?: Record<string, unknown>;
  /** The callback's second argument as text, when the method refused. */
  reason?: string;
  /** Why the bridge refused: the code of its event `live-assist-bridge:error`. */
  code?: string;
  /** What went wrong and what to do, for every outcome but `authenticated`. Holds no token. */
  message?: string;
  /** The function on the page whose name is most like the missing one, if any is alike. */
  nearest?: string;
  /** From the click to the answer (or to the limit), in milliseconds. */
  milliseconds: number;
}

/**
 * Clicks: looks `methodName` up on the global object now, calls it with one callback and tells what came back.
 *
 * Refers to nothing outside of itself, so that its text can be sent into any page, under a strict
 * Content-Security-Policy too. Uses the page's timers: a fake clock drives the limit. Never rejects, and does not
 * judge the token beyond its form; `diagnose` of `live-assist-bridge/server` does.
 *
 * @throws TypeError for an option that there is not, or that is not of its type.
 */
export function startEngagement(options: EngagementOptions = {}): Promise<EngagementAnswer> {
  const { methodName = 'authoriseChatWithCallback', limit = 10_000, onLateAnswer } = options;
  const clicked = performance.now();

  const known = ['methodName', 'limit', 'onLateAnswer'];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new TypeError(`startEngagement has no option "${unknown}". It knows ${known.join(', ')}.`);
  if (typeof methodName !== 'string') throw new TypeError('methodName is not text. Give the JS Method Name.');
  if (typeof limit !== 'number' || !(limit > 0))
    throw new TypeError('limit is not a number above 0. Give milliseconds: 10000.');
  if (onLateAnswer !== undefined && typeof onLateAnswer !== 'function')
    throw new TypeError('onLateAnswer is no function. Give one that takes an answer.');

  const shown = (value: unknown): string => {
    try {
      const isText = typeof value !== 'object' || value === null || value instanceof Error;
      const text = (isText ? undefined : JSON.stringify(value)) ?? String(value);
      // A refusal may quote what it refused; a token must not travel on in a message.
      return text.replace(/[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, '(a token)').slice(0, 300);
    } catch {
      return 'something without a text form';
    }
  };

  const isObject = (value: unknown): value is Record<string, unknown> =>
    (typeof value === 'object' && value !== null) || typeof value === 'function';

  const decode = (token: string): Record<string, unknown> | undefined => {
    const part = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
    if (part === undefined) return undefined;
    try {
      const binary = atob(part.replace(/-/g, '+').replace(/_/g, '/'));
      const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
      const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      return isObject(claims) && !Array.isArray(claims) ? claims : undefined;
    } catch {
      return undefined;
    }
  };

  const defect = (value: unknown): string => {
    if (value === undefined || value === null) {
      return 'The method called back with neither a token nor a reason. Call back with (null, "Unable to generate key").';
    }
    if (typeof value !== 'string') {
      const names = typeof value === 'object' && !Array.isArray(value) ? Object.keys(value).slice(0, 8) : [];
      const what = Array.isArray(value) ? 'array' : typeof value;
      const having = names.length ? ` (with ${names.join(', ')})` : '';
      return `The method called back with a value of type ${what}${having} instead of a token. Hand the token over as a string.`;
    }
    const text = value.trim();
    if (text === '') return 'The method called back with an empty string. Hand the token over.';
    if (/^bearer\s/i.test(text)) return 'The token begins with "Bearer ". Hand the token alone over.';
    if (/^["']/.test(text))
      return 'The token is in quotes. Parse the JSON string and hand over what it holds.';
    if (text.startsWith('<')) {
      return 'The method called back with an HTML page instead of a token. Did the token endpoint redirect to a login page?';
    }
    if (/^[{[]/.test(text))
      return 'The method called back with JSON text instead of a token. Hand one field over.';
    if (text !== value && decode(text)) return 'There are blanks around the token. Trim it.';
    return 'The method called back with a string that is no token: three base64url parts joined by dots, the second one a JSON object.';
  };

  const distance = (from: string, to: string): number => {
    let row = Array.from({ length: to.length + 1 }, (_, index) => index);
    for (const [line, char] of [...from].entries()) {
      const next = [line + 1];
      for (let column = 1; column <= to.length; column++) {
        const swapped = (row[column - 1] ?? 0) + (to[column - 1] === char ? 0 : 1);
        next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, swapped));
      }
      row = next;
    }
    return row[to.length] ?? 0;
  };

  /** The browser's own, as far as its text tells: that of a bound function of the page's is no other. */
  const isNative = (value: unknown): boolean =>
    typeof value === 'function' &&
    !value.name.startsWith('bound ') &&
    /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(value));

  /** Names of the page's functions on the globals and one object deeper. Reads data properties only: a getter could do anything. */
  const functions = (object: object, prefix: string): string[] => {
    const names: string[] = [];
    try {
      for (let at = object; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
        for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
          if (typeof value === 'function') {
            if (!isNative(value)) names.push(prefix + name);
          } else if (prefix === '' && isObject(value) && value !== globalThis && !/^\d+$/.test(name)) {
            names.push(...functions(value, `${name}.`));
          }
        }
      }
    } catch {
      // A window of another origin, or a proxy that objects: nothing to name there.
    }
    return names;
  };

  const nearest = (): string | undefined => {
    const last = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const wanted = last(methodName);
    const far = (name: string) => distance(wanted, last(name));
    // Those beside the missing one, too, however deep that is.
    const beside =
      isObject(parent) && parent !== globalThis
        ? functions(parent, `${parentPath.replace('window.', '')}.`)
        : [];
    const alike = [...new Set([...functions(globalThis, ''), ...beside])].filter(
      (name) =>
        Math.abs(last(name).length - wanted.length) <= wanted.length / 3 && far(name) <= wanted.length / 3,
    );
    const whole = (name: string) => distance(methodName.toLowerCase(), name.toLowerCase());
    return alike.sort((a, b) => far(a) - far(b) || whole(a) - whole(b))[0];
  };

  /** The object that the name has led to, and the way there. */
  let parent: unknown;
  let parentPath = '';

  return new Promise((resolve) => {
    let failure: { code: string; message: string } | undefined;
    let atReturn = '';
    let first: EngagementAnswer | undefined;
    let answers = 0;
    let ended = false;

    const listen = (event: Event) => {
      const detail: unknown = 'detail' in event ? event.detail : undefined;
      if (!isObject(detail) || typeof detail.code !== 'string') return;
      failure = { code: detail.code, message: typeof detail.message === 'string' ? detail.message : '' };
    };
    let returned: unknown;
    const listenToRejections = (event: PromiseRejectionEvent) => {
      if (event.promise === returned) atReturn = ` It threw "${shown(event.reason)}", asynchronously.`;
    };
    // Not there in workers of old and in other test environments.
    globalThis.addEventListener?.('live-assist-bridge:error', listen);
    globalThis.addEventListener?.('unhandledrejection', listenToRejections);

    const elapsed = () => performance.now() - clicked;
    const end = (answer: EngagementAnswer) => {
      ended = true;
      clearTimeout(timer);
      globalThis.removeEventListener?.('live-assist-bridge:error', listen);
      globalThis.removeEventListener?.('unhandledrejection', listenToRejections);
      resolve(answer);
    };

    const judge = (value: unknown, error: unknown): EngagementAnswer => {
      const milliseconds = elapsed();
      const claims = typeof value === 'string' ? decode(value) : undefined;
      if (error !== undefined && error !== null) {
        const reason = shown(error);
        const both = claims
          ? ' It handed a token over as well, which the second argument makes void. Hand over one of them: (token), or (null, reason).'
          : '';
        return {
          outcome: 'refused',
          reason,
          message: `The method refused: "${reason}".${both}`,
          milliseconds,
        };
      }
      return typeof value === 'string' && claims
        ? { outcome: 'authenticated', token: value, claims, milliseconds }
        : { outcome: 'refused', message: defect(value), milliseconds };
    };

    const settle = () => {
      if (!first) return;
      if (answers > 1) {
        const message = `The method called back ${answers} times. Call back exactly once, outside of any try block whose catch calls back too.`;
        return end({ ...first, outcome: 'answered-twice', message });
      }
      // Another reason than the bridge's own is another method's: the event came of what else the page asked for.
      if (first.reason !== 'Unable to generate key' || !failure) return end(first);
      const message = `${first.message} The bridge says ${failure.code}: ${shown(failure.message)}`;
      end({ ...first, code: failure.code, message });
    };

    const callback = (value?: unknown, error?: unknown) => {
      const answer = judge(value, error);
      answers += 1;
      // Not from within the method: what a late listener throws must not reach it.
      if (ended) return queueMicrotask(() => onLateAnswer?.(answer));
      if (first) return;
      first = answer;
      clearTimeout(timer);
      // Waits for what follows in one go (a catch that calls back again) by a task no fake clock holds up.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        settle();
      };
      channel.port2.postMessage(undefined);
    };

    const timer = setTimeout(
      () => {
        const message = `The method did not call back within ${limit} ms.${atReturn || ' Every path through it must call back.'}`;
        end({ outcome: 'no-answer', message, milliseconds: elapsed() });
      },
      // Browsers take a longer delay for none at all.
      Math.min(limit, 2 ** 31 - 1),
    );

    const missing = (fact: string) => {
      const name = nearest();
      const answer: EngagementAnswer = { outcome: 'method-missing', milliseconds: elapsed() };
      const message = `There is no method "${methodName}" at the click: ${fact}.`;
      const remedy =
        globalThis.location?.href === 'about:blank'
          ? 'The page is about:blank: open the site first.'
          : 'Is the bridge on this page, and early enough? A const, or a function in a module, is not on window.';
      if (name === undefined) return end({ ...answer, message: `${message} ${remedy}` });
      const hint = `The nearest name is "${name}": enter that as JS Method Name, or rename the function.`;
      end({ ...answer, message: `${message} ${hint}`, nearest: name });
    };

    const kind = (value: unknown) =>
      value === undefined || value === null ? `${value}` : `of type ${typeof value}`;
    let method: unknown = globalThis;
    let path = 'window';
    try {
      for (const key of methodName.split('.')) {
        if (!isObject(method)) return missing(`${path} is ${kind(method)}`);
        [parent, parentPath] = [method, path];
        method = method[key];
        path += `.${key}`;
      }
    } catch (error) {
      return missing(`reading it threw "${shown(error)}"`);
    }
    if (typeof method !== 'function') return missing(`${path} is ${kind(method)}`);
    try {
      returned = Reflect.apply(method, parent, [callback]);
      if (returned !== undefined)
        atReturn = ' It returned a value instead: Live Assist reads the callback only.';
    } catch (error) {
      atReturn = ` It threw "${shown(error)}".`;
    }
  });
}
