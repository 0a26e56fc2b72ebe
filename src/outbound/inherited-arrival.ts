import { AsyncLocalStorage } from 'node:async_hooks';

const arrivals = new AsyncLocalStorage<Date>();

/** Runs `work`, which handles a webhook that arrived at `at`. */
export function handlingWhatArrived<Result>(at: Date, work: () => Result): Result {
  return arrivals.run(at, work);
}

/** When the webhook arrived that the current work handles; undefined for other work. */
export function inheritedArrival(): Date | undefined {
  return arrivals.getStore();
}
