import type { Change } from '#store/changes.ts';

/** Somebody who listens. */
export interface Subscriber {
  onChange(change: Change): void;
  /** Nothing comes after it. */
  onEnd(): void;
}

/** Hands what any process announced to the customers who listen at this one. */
export interface ChangeFeed {
  publish(change: Change): void;
  /** Returns how to stop. */
  subscribe(userId: string, subscriber: Subscriber): () => void;
  /** Ends it for whoever listens or will: a process that shuts down does not wait for them. */
  end(): void;
}

export function createChangeFeed(): ChangeFeed {
  const subscribers = new Map<string, Set<Subscriber>>();
  let isOver = false;
  return {
    publish(change) {
      for (const subscriber of subscribers.get(change.userId) ?? []) subscriber.onChange(change);
    },
    subscribe(userId, subscriber) {
      const own = subscribers.get(userId) ?? new Set();
      subscribers.set(userId, own.add(subscriber));
      if (isOver) subscriber.onEnd();
      return () => {
        own.delete(subscriber);
        if (own.size === 0) subscribers.delete(userId);
      };
    },
    end() {
      isOver = true;
      for (const own of subscribers.values()) for (const subscriber of own) subscriber.onEnd();
    },
  };
}
