import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import { invalidParameters } from './action-parameters.ts';
import type { EmulatorEnvironment } from './emulator.ts';
import { noProviderErrors, type ProviderErrors } from './error-bodies.ts';

const httpStatusDefault = 503;

export const faultEffects = [
  'status',
  'latency',
  'reset',
  'empty',
  'malformed',
  'slow-drip',
  'drop-after-commit',
] as const;

/** A fault to inject, as the sandbox's control plane takes it. */
export const faultSchema = z.strictObject({
  /** The operation it strikes, as the emulator names it, or `*`. */
  operation: z.string().min(1),
  effect: z.enum(faultEffects),
  /** For `status`: what to answer; by default the status that the provider sends with `code`, or 503. */
  status: z.int().min(200).max(599).optional(),
  /** For `status`: the provider's own error code, which its error body then contains. */
  code: z.string().min(1).optional(),
  /** For `status`: seconds for a `Retry-After` header. */
  retryAfterSeconds: z.int().min(0).optional(),
  /** For `latency` and `slow-drip`: milliseconds before the answer, and between two bytes of it. */
  delayMs: z.int().min(0).max(120_000).default(1_000),
  /** How often it strikes before it is gone; without it, until the faults are cleared. */
  times: z.int().min(1).optional(),
  /** 0–1. */
  probability: z.number().min(0).max(1).default(1),
});

export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema> & { status: number };

/** The operation that a request reached, and the effect of the fault that struck it. */
export interface Reached {
  operation: string;
  effect: Fault['effect'] | undefined;
}

/** The faults of one emulator. An injected error has the provider's own form if the emulator defines it. */
export class Faults {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #operations = new Set<string>();
  readonly #reached = new WeakMap<Request, Reached>();
  #errors: ProviderErrors = noProviderErrors;
  #faults: { fault: Fault; left: number }[] = [];

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Defines the form of injected errors. Called by an emulator when it is created. */
  answerWith(errors: ProviderErrors): void {
    this.#errors = errors;
  }

  /** The operations that a fault may strike, beside `*`. */
  get operations(): string[] {
    return [...this.#operations];
  }

  /** The provider's error codes that a fault may name. */
  get codes(): string[] {
    return Object.keys(this.#errors.codes);
  }

  /** @throws {DropError} `invalid_request` when the emulator has no such operation, or the provider no such code. */
  add(input: FaultInput): void {
    const fault = faultSchema.parse(input);
    this.#refuseUnknown(fault);
    const { codes, statusDefault = httpStatusDefault } = this.#errors;
    const { code, status = codes[code ?? ''] ?? statusDefault } = fault;
    this.#faults.push({ fault: { ...fault, status }, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults = [];
  }

  remove(isMeant: (fault: Fault) => boolean): void {
    this.#faults = this.#faults.filter(({ fault }) => !isMeant(fault));
  }

  list(): Fault[] {
    return this.#faults.map(({ fault }) => fault);
  }

  /** Undefined for a request that reached no operation. */
  reachedBy(request: Request): Reached | undefined {
    return this.#reached.get(request);
  }

  /**
   * For an operation that is no HTTP request: returns the function that takes the next fault of it, if one strikes. The
   * emulator does what the fault says.
   */
  taker(operation: string): () => Fault | undefined {
    this.#operations.add(operation);
    return () => this.#take(operation);
  }

  /** Middleware that lets the faults of `operation` strike. Put it before the handler of every operation. */
  guard(operation: string): MiddlewareHandler<EmulatorEnvironment> {
    this.#operations.add(operation);
    return async (c, next) => {
      const fault = this.#take(operation);
      this.#reached.set(c.req.raw, { operation, effect: fault?.effect });
      switch (fault?.effect) {
        case undefined:
          return next();
        case 'status':
          return this.#errorAnswer(fault, operation);
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
          if (c.res.body === null) return;
          c.res = new Response(this.#drip(c.res.body, fault.delayMs), c.res);
          return;
        case 'drop-after-commit':
          await next();
          c.env.outgoing.socket?.resetAndDestroy();
          return;
      }
    };
  }

  #refuseUnknown({ operation, effect, code }: FaultInput): void {
    if (operation !== '*' && !this.#operations.has(operation))
      throw invalidParameters(`no such operation; there are: ${this.operations.join(', ')}`);
    if (code === undefined) return;
    if (effect !== 'status') throw invalidParameters('code is only for the effect "status"');
    if (this.#errors.codes[code] === undefined)
      throw invalidParameters(`no such error code; there are: ${this.codes.join(', ') || 'none'}`);
  }

  #errorAnswer({ status, code, retryAfterSeconds }: Fault, operation: string): Response {
    const { contentType, body, headers } = this.#errors.errorBody(status, code, operation);
    return new Response(hasNoBody(status) ? null : body, {
      status,
      headers: {
        'content-type': contentType,
        ...headers,
        ...(retryAfterSeconds !== undefined && { 'retry-after': `${retryAfterSeconds}` }),
      },
    });
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

  #drip(body: ReadableStream<Uint8Array>, delayMs: number): ReadableStream<Uint8Array> {
    const wait = async (): Promise<void> => this.#wait(delayMs);
    return new ReadableStream({
      async start(controller) {
        for await (const chunk of body) {
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

/** `Response` refuses a body for these statuses. */
function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
