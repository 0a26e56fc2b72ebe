import { webcrypto } from 'node:crypto';

/** Work that a simulation does not order: cryptography in threads, and the emulators' handlers. */
export const busyWork = { count: 0 };

/** Counts `work` as under way until it is done, so that no other event happens meanwhile. */
export async function countedAsBusy<Result>(work: () => Promise<Result>): Promise<Result> {
  busyWork.count += 1;
  try {
    return await work();
  } finally {
    busyWork.count -= 1;
  }
}

let last: Promise<unknown> = Promise.resolve();
let isOrdered = false;

/** Has the threads answer in the order in which they were asked. */
export function orderCryptography(): void {
  if (isOrdered) return;
  isOrdered = true;
  const { subtle } = webcrypto;
  for (const name of ['sign', 'verify', 'importKey'] as const) {
    const original = subtle[name].bind(subtle) as (...given: unknown[]) => Promise<unknown>;
    const ordered = (...given: unknown[]): Promise<unknown> => {
      const work = countedAsBusy(async () => {
        await last;
        return original(...given);
      });
      last = work.catch(() => undefined);
      return work;
    };
    Object.defineProperty(subtle, name, { value: ordered, configurable: true });
  }
}
