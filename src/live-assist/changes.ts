/**
 * Tells listeners that something they follow has changed.
 *
 * @module
 */

export interface Changes {
  /** Calls `listener` after every change of `topic`, until the returned function is called. */
  follow(topic: string, listener: () => void): () => void;
  announce(topic: string): void;
}

export function createChanges(): Changes {
  const followers = new Map<string, Set<() => void>>();
  return {
    follow(topic, listener) {
      const listeners = followers.get(topic) ?? new Set();
      followers.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) followers.delete(topic);
      };
    },
    announce(topic) {
      for (const listener of [...(followers.get(topic) ?? [])]) listener();
    },
  };
}
