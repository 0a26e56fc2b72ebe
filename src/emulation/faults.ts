import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from './emulator.ts';

/** A fault to inject, as the sandbox's control plane takes it. */
export const faultSchema = z.strictObject({
  /** The operation it strikes, as the emulator names it, or `*`. */
  operation: z.string().min(1),
  effect: z.enum(['status', 'latency', 'reset', 'empty', 'malformed', 'slow-drip', 'drop-after-commit']),
  /** For `status`: what to answer. */
  status: z.int().min(200).max(599).default(503),
  /** For `status`: seconds for a `Retry-After` header. */
  retryAfterSeconds: z.int().min(0).optional(),
  /** For `latency` and `slow-drip`: milliseconds before the answer, and between two bytes of it. */
  delayMs: z.int().min(0).max(120_000).default(1_000),
  /** How often it strikes before it is gone; without it, until the faults are cleared. */
  times: z.int().min(1).optional(),
  /** 0–1. */
  probability: z.number().min(0).max(1).default(1),
});

export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;

/** The faults of one emulator. */
export class Faults {
  readonly #clock: Clock;
  readonly #random: () => number;
  #faults: { fault: Fault; left: number }[] = [];

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  add(fault: FaultInput): void {
    const parsed = faultSchema.parse(fault);
    this.#faults.push({ fault: parsed, left: parsed.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults = [];
  }

  list(): Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  /** Middleware that lets the faults of `operation` strike. Put it before the handler of every operation. */
  guard(operation: string): MiddlewareHandler<EmulatorEnvironment> {
    return async (c, next) => {
      const fault = this.#take(operation);
      switch (fault?.effect) {
        case undefined:
          return next();
        case 'status': {
          const headers =
            fault.retryAfterSeconds === undefined ? {} : { 'retry-after': `${fault.retryAfterSeconds}` };
          return new Response('sandbox fault', { status: fault.status, headers });
        }
        case 'latency':
          await this.#wait(fault.delayMs);
          return next();
        case 'reset':
          c.env.outgoing.socket?.resetAndDestroy();
          return new Response(null);
        case 'empty':
          return new Response('');
        case 'malformed':
          return new Response('{"truncated": ', { headers: { 'content-type': 'application/json' } });
        case 'slow-drip':
          await next();
          c.res = new Response(this.#drip(c.res.body, fault.delayMs), c.res);
          return;
        case 'drop-after-commit':
          await next();
          c.env.outgoing.socket?.resetAndDestroy();
          return;
      }
    };
  }

  #take(operation: string): Fault | undefined {
    const found = this.#faults.find(
      ({ fault, left }) => left > 0 && (fault.operation === operation || fault.operation === '*'),
    );
    if (!found || this.#random() >= found.fault.probability) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#faults = this.#faults.filter((entry) => entry !== found);
    return found.fault;
  }

  async #wait(delayMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#clock.schedule(delayMs, () => resolve(undefined));
    await promise;
  }

  #drip(body: ReadableStream<Uint8Array> | null, delayMs: number): ReadableStream<Uint8Array> {
    const wait = async (): Promise<void> => this.#wait(delayMs);
    return new ReadableStream({
      async start(controller) {
        for await (const chunk of body ?? []) {
          for (const byte of chunk) {
            await wait();
            controller.enqueue(Uint8Array.of(byte));
          }
        }
        controller.close();
      },
    });
  }
}
