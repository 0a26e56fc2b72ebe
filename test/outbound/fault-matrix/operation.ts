import type { ManualClock } from '#domain/clock.ts';
import type { Outbound } from '#outbound/outbound.ts';
import type { Payload } from './faults.ts';

/** What an operation is driven with: the production client's own dependencies. */
export interface Drive {
  outbound: Outbound;
  origin: string;
  clock: ManualClock;
}

/** One operation of a provider, as its production client performs it. */
export interface Operation {
  provider: string;
  /** Its name at the guard. */
  name: string;
  payload: (origin: string) => Payload;
  /** Answers to the calls that come before it, by the name of their operation: status and JSON. */
  before?: Record<string, { status: number; body: string }>;
  /** Performs it and says how it ended; throws what the client throws. */
  drive: (drive: Drive) => Promise<string>;
}

/** The payload of an answer in JSON. */
export function json(good: object, other: { errorInside: object; unknownWord?: object }): Payload {
  return {
    type: 'application/json',
    good: JSON.stringify(good),
    errorInside: JSON.stringify(other.errorInside),
    unknownWord: other.unknownWord && JSON.stringify(other.unknownWord),
  };
}
