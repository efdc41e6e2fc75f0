/**
 * Ends work that takes too long or that nobody waits for any more, even if the work ignores its signal.
 *
 * @module
 */

export interface TimeLimit {
  /** In milliseconds. */
  limit: number;
  /** Returns the error for work that is not finished within the limit. */
  onTimeout: () => Error;
  /** Aborts when nobody waits for the work any more. */
  signal?: AbortSignal | null | undefined;
}

/**
 * Returns what `work` returns. Its signal aborts together with the rejection.
 *
 * @throws onTimeout() when the limit has passed, or the signal's reason when the signal aborts. It does not wait for `work`
 * to end, and ignores its later result.
 */
export async function withTimeLimit<T>(
  { limit, onTimeout, signal }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const { promise: ended, reject } = withReject();
  const stop = (reason: unknown) => {
    reject(reason);
    end.abort(reason);
  };
  const timer = setTimeout(() => stop(onTimeout()), limit);
  const leave = () => stop(signal?.reason);
  signal?.addEventListener('abort', leave);
  try {
    return await Promise.race([work(end.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}

/** Promise.withResolvers, which Node 20 lacks. */
function withReject() {
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
