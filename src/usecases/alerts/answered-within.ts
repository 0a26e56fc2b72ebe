import type { Clock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';

/**
 * The result of `work`, which goes on if it takes longer than `limitMs` milliseconds.
 *
 * @throws {DropError} `database_unavailable` after that time.
 */
export async function answeredWithin<Result>(
  clock: Clock,
  limitMs: number,
  work: Promise<Result>,
): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const message = `PostgreSQL did not answer within ${limitMs / 1_000} s`;
  const limit = clock.schedule(limitMs, () =>
    late.reject(new DropError('database_unavailable', { message })),
  );
  // Its failure after the limit concerns no caller.
  work.catch(() => undefined);
  return Promise.race([work, late.promise]).finally(() => limit.cancel());
}

/**
 * Asks the database one question at a time, within `limitMs` milliseconds each: a question that is not answered holds a
 * connection, so while it does, a further one rejects at once.
 */
export function oneAtATime<Answer>(
  clock: Clock,
  limitMs: number,
): (ask: () => Promise<Answer>) => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return async (ask) => {
    if (asked)
      throw new DropError('database_unavailable', { message: 'an earlier question is not answered' });
    asked = ask().finally(() => {
      asked = undefined;
    });
    return answeredWithin(clock, limitMs, asked);
  };
}
