import type { ManualClock } from '#domain/clock.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { requestsUnder, type Endings } from './endings.ts';
import { faults, type FaultName, type Payload } from './faults.ts';

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
  /** Whether the provider may see it twice. */
  repeatable: boolean;
  /** How it ends, by the class of the fault. */
  endings: Endings;
  /** How it ends where an answer holds a word that the documentation does not know. */
  absorbs?: string;
  /** Where a single fault ends otherwise than its class. */
  but?: Partial<Record<FaultName, string>>;
  /** Where it is not repeated as calls are: how many requests go out. */
  requests?: (fault: FaultName) => string;
}

/** How `operation` ends under a fault, and how many requests go out; a dash where its answer cannot be wrong so. */
export function expectedEnding(operation: Operation, name: FaultName): string {
  const fault = faults[name];
  const cannotBe = fault.from === 'server' && !fault.act(operation.payload('http://localhost'));
  if (cannotBe) return '—';
  const ofClass = fault.kind === 'absorbed' ? operation.absorbs : operation.endings[fault.kind];
  const requests = operation.requests?.(name) ?? requestsUnder(fault, operation.repeatable);
  return `${operation.but?.[name] ?? ofClass ?? 'absorbed'} ${requests}`;
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
