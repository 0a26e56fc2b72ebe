import type { Change } from '#store/changes.ts';

type Subscriber = (change: Change) => void;

/** Hands what any process announced to the customers who listen at this one. */
export interface ChangeFeed {
  publish(change: Change): void;
  /** Returns how to stop. */
  subscribe(userId: string, subscriber: Subscriber): () => void;
}

export function createChangeFeed(): ChangeFeed {
  const subscribers = new Map<string, Set<Subscriber>>();
  return {
    publish(change) {
      for (const subscriber of subscribers.get(change.userId) ?? []) subscriber(change);
    },
    subscribe(userId, subscriber) {
      const own = subscribers.get(userId) ?? new Set();
      subscribers.set(userId, own.add(subscriber));
      return () => {
        own.delete(subscriber);
        if (own.size === 0) subscribers.delete(userId);
      };
    },
  };
}
