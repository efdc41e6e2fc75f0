/**
 * Limits how many requests run at a time, and makes all of them wait when Dynamics asks for a pause.
 *
 * @module
 */

export interface RequestQueue {
  /**
   * Resolves when it is the caller's turn, first come, first served.
   *
   * @param latest The time (`Date.now()`) after which it is too late to begin. A caller that has no turn by then waits
   * until its signal aborts.
   * @throws the signal's reason if the signal aborts first. The caller then holds no place and must not call `leave`.
   */
  enter(signal: AbortSignal, latest: number): Promise<void>;
  /** Gives the caller's place to the next one. */
  leave(): void;
  /** Stops new requests for this many milliseconds. A pause that already lasts longer is not shortened. */
  pause(milliseconds: number): void;
}

export function createRequestQueue(places: number): RequestQueue {
  const waiting = new Set<{ latest: number; enter: () => void }>();
  let taken = 0;
  let pausedUntil = 0;

  const admit = () => {
    const now = Date.now();
    if (now < pausedUntil) return;
    for (const caller of waiting) {
      if (taken >= places) return;
      if (now >= caller.latest) continue;
      taken++;
      waiting.delete(caller);
      caller.enter();
    }
  };

  return {
    async enter(signal, latest) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(caller);
          reject(signal.reason);
        };
        const enter = () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        const caller = { latest, enter };
        signal.addEventListener('abort', giveUp);
        waiting.add(caller);
        admit();
      });
    },
    leave() {
      taken--;
      admit();
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, Date.now() + milliseconds);
      // A timer may fire a little early. Another timer then waits for the rest.
      const resume = () => {
        const rest = pausedUntil - Date.now();
        if (rest > 0) setTimeout(resume, rest);
        else admit();
      };
      resume();
    },
  };
}
