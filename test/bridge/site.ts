/**
 * A site for the bridge under test: its token endpoint, its tokens, and the answers to Live Assist.
 *
 * @module
 */
import { type BridgeOptions, createBridge } from 'live-assist-bridge';
import { onTestFinished, vi } from 'vitest';

export const failure = [null, 'Unable to generate key'];
export const tokenEndpoint = 'http://localhost:3000/live-assist/token';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(Date.now() / 1000);

/** A token as the site would sign it. The bridge does not verify the signature. */
export function token(claims: object = {}, header: object = { alg: 'RS256' }): string {
  const payload = {
    sub: 'c0ffee00-0000-4000-8000-000000000001',
    iat: seconds(),
    exp: seconds() + 7200,
    ...claims,
  };
  // As long as the signature of a 2048-bit key. Its end distinguishes tokens.
  const signature = `${'A'.repeat(342)}${part(payload)}`.slice(-342);
  return `${part(header)}.${part(payload)}.${signature}`;
}

/** An answer of the token endpoint, dated by the server's clock as servers do. */
export function answer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const text = typeof body === 'string' || body === null ? body : JSON.stringify(body);
  return new Response(text, { status, headers: { Date: new Date().toUTCString(), ...headers } });
}

/** Replaces the network: each request gets the next answer, and the last one repeats. */
export function endpoint(...answers: (() => Response | Promise<Response>)[]) {
  const fetch = vi.fn(async (_request: Request) => {
    const next = answers.length > 1 ? answers.shift() : answers[0];
    if (!next) throw new TypeError('Failed to fetch');
    return next();
  });
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    // Like fetch itself, sends nothing if the signal has already aborted.
    if (init.signal?.aborted) throw init.signal.reason;
    return fetch(new Request(address, init));
  });
  return fetch;
}

/** A bridge that is disposed of after the test, with everything it reported. */
export function bridge(options: Partial<BridgeOptions> = {}) {
  const errors: { code: string; message: string }[] = [];
  const site = options.fetchToken ? {} : { tokenEndpoint };
  const made = createBridge({
    ...site,
    onError: ({ code, message }: { code: string; message: string }) => errors.push({ code, message }),
    ...options,
  } as BridgeOptions);
  onTestFinished(() => made.dispose());
  return Object.assign(made, { errors, codes: () => errors.map(({ code }) => code) });
}

/** Calls the method on the page as Live Assist does. `answers` contains the arguments of every callback. */
export function call(name = 'authoriseChatWithCallback') {
  const answers: unknown[][] = [];
  let told: (answer: unknown[]) => void;
  const first = new Promise<unknown[]>((resolve) => {
    told = resolve;
  });
  const method = Reflect.get(globalThis, name) as (callback: (...answer: unknown[]) => void) => void;
  method((...answer) => {
    answers.push(answer);
    told(answer);
  });
  return Object.assign(first, { answers });
}
