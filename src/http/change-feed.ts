import { DropError } from '#domain/errors.ts';
import type { Change } from '#store/changes.ts';
import { openStreamsMax } from './customer-actions.ts';

/** A stream ends within five minutes, and most far sooner. */
const retryAfterMs = 30_000;

/** A subscriber to one customer's changes. */
export interface Subscriber {
  onChange(change: Change): void;
  /** Changes of any kind may have been missed. */
  onMissed(): void;
  /** Called once, as the last call. */
  onEnd(): void;
}

/** Distributes the changes announced by all processes to the customers connected to this one. */
export interface ChangeFeed {
  publish(change: Change): void;
  /** Tells all customers that changes may have been missed. */
  missed(): void;
  /**
   * Returns the function that ends the subscription.
   *
   * @throws {DropError} `rate_limited` when the customer has as many subscriptions as one customer may have.
   */
  subscribe(userId: string, subscriber: Subscriber): () => void;
  /** Ends all present and future subscriptions, so that a process that shuts down does not wait for them. */
  end(): void;
}

export function createChangeFeed(): ChangeFeed {
  const subscribers = new Map<string, Set<Subscriber>>();
  let isOver = false;
  return {
    publish(change) {
      for (const subscriber of subscribers.get(change.userId) ?? []) subscriber.onChange(change);
    },
    missed() {
      for (const own of subscribers.values()) for (const subscriber of own) subscriber.onMissed();
    },
    subscribe(userId, subscriber) {
      const own = subscribers.get(userId) ?? new Set();
      if (own.size >= openStreamsMax) throw tooManyStreams();
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

function tooManyStreams(): DropError {
  const message = `a customer already has ${openStreamsMax} streams of changes open`;
  return new DropError('rate_limited', { message, retryAfterMs });
}
