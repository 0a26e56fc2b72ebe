import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { onTestFinished } from 'vitest';
import type { ManualClock, ScheduleOptions, Scheduled } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type {
  GuardedOutbound,
  Outbound,
  OutboundCall,
  OutboundOptions,
  OutboundSnapshot,
} from '#outbound/outbound.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { portUntilTestEnds } from '../support/loopback.ts';
import { SocketClock } from '../support/socket-clock.ts';

/** The provider's behaviour after it has received a complete request. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export interface Provider {
  readonly origin: string;
  /** The complete requests received. */
  readonly received: readonly IncomingMessage[];
  readonly server: Server;
}

/** A provider on its own socket. Applies `behaviours` in order, and the last one from then on. */
export async function startProvider(...behaviours: Behaviour[]): Promise<Provider> {
  const received: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      received.push(request);
      behaviours[Math.min(received.length, behaviours.length) - 1]?.(request, response);
    });
  });
  const port = await portUntilTestEnds(server);
  return { origin: `http://localhost:${port}`, received, server };
}

/** An address without a listener. */
export async function nobody(): Promise<string> {
  const { origin, server } = await startProvider();
  const closed = Promise.withResolvers<undefined>();
  server.close(() => closed.resolve(undefined));
  await closed.promise;
  return origin;
}

export function answer(status: number, headers: Record<string, string> = {}, body = '{}'): Behaviour {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

export const reset: Behaviour = (request) => request.socket.resetAndDestroy();

/** Receives the request and never answers. */
export const noAnswer: Behaviour = () => undefined;

/** Every delay passes at once, but for the deadline of a call. */
export class ObligingClock extends SocketClock {
  /** The length of each wait. */
  readonly waitsMs: number[] = [];

  override schedule(delayMs: number, task: () => void, options?: ScheduleOptions): Scheduled {
    if (options?.keepsAlive === true) return super.schedule(delayMs, task, options);
    this.waitsMs.push(delayMs);
    queueMicrotask(() => this.advance(delayMs));
    return super.schedule(delayMs, task);
  }
}

export interface Guarded {
  outbound: GuardedOutbound;
  attempts: OutboundAttempt[];
  clock: ManualClock;
  send: (call?: Partial<OutboundCall>) => ReturnType<Outbound['send']>;
  /** Sends, and expects an error instead of an answer. */
  fail: (call?: Partial<OutboundCall>) => Promise<DropError>;
}

/** The guarded client of the provider at `origin`. Jitter is off: the back-off is 100 ms, then 200 ms. */
export function guard<Clocked extends ManualClock>(
  origin: string,
  clock: Clocked,
  options: Partial<OutboundOptions> = {},
): Guarded & { clock: Clocked } {
  const dispatcher = new Agent();
  const attempts: OutboundAttempt[] = [];
  onTestFinished(() => dispatcher.destroy());
  const outbound = createOutbound({
    provider: 'test',
    origins: [origin],
    clock,
    dispatcher,
    onAttempt: (attempt) => attempts.push(attempt),
    random: () => 1,
    ...options,
  });
  const defaults = { operation: 'test.act', method: 'POST', url: `${origin}/act`, repeatable: true } as const;
  const send: Guarded['send'] = (call) => outbound.send({ ...defaults, ...call });
  return { outbound, attempts, clock, send, fail: (call) => failureOf(send(call)) };
}

async function failureOf(sent: Promise<unknown>): Promise<DropError> {
  const error = await sent.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof DropError) return error;
  throw new Error('a DropError was expected', { cause: error });
}

export const fiveCustomers = ['Ada', 'Bo', 'Cato', 'Dina', 'Eli'];

/** Sends for a customer and ignores the result. */
export async function ask({ send }: Guarded, customer: string, call: Partial<OutboundCall>): Promise<void> {
  await onBehalfOf(customer, () => send(call)).catch(() => undefined);
}

export function times<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item);
}

/** The states of the provider's breaker and of its scopes that are not closed. */
export function breakersOf({ outbound }: Guarded): Pick<OutboundSnapshot, 'breaker' | 'scopes'> {
  const { breaker, scopes } = outbound.snapshot();
  return { breaker, scopes };
}
