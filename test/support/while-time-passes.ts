import { expect } from 'vitest';
import type { ManualClock } from '#domain/clock.ts';

/** Waits for work that itself waits for the clock, which moves by a tenth of a second at a time until it is done. */
export async function whileTimePasses<Result>(clock: ManualClock, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = (): void => void (isDone = true);
  work.then(done, done);
  await expect
    .poll(
      () => {
        clock.advance(100);
        return isDone;
      },
      { interval: 10 },
    )
    .toBe(true);
  return work;
}
