/** Ends what takes too long, whether or not it listens to its signal. */

/**
 * What `run` answers, or a rejection with `late()` once `limit` milliseconds have passed; then the signal is aborted too.
 */
export async function withTimeLimit<T>(
  limit: number,
  late: () => Error,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(late());
      end.abort();
    }, limit);
  });
  try {
    return await Promise.race([run(end.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
