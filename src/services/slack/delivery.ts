import type { Alert } from '#domain/alert-text.ts';
import type { Clock } from '#domain/clock.ts';
import { AlertQueue, QueuedAlert } from './alert-queue.ts';
import { Repetitions } from './repetitions.ts';
import type { AlertVerdict } from './service.ts';

/** Slack's documented rate is one message a second; short bursts are allowed. */
export const intervalMs = 1_000;
export const attemptsMax = 5;
const firstRetryMs = 2_000;
/** An alert that cannot be sent within this time after it was raised goes to the fallback at once. */
const ageMsMax = 300_000;

export interface DeliveryOptions {
  clock: Clock;
  /** Sends one alert, once; must not reject. */
  post(queued: QueuedAlert): Promise<AlertVerdict>;
  /** Handles an alert that Slack did not accept; must not reject. */
  fallback(queued: QueuedAlert, reason: string): Promise<void>;
}

/** Sends alerts one at a time, at the pace that Slack allows. Every alert is delivered to Slack or to the fallback. */
export class AlertDelivery {
  readonly #options: DeliveryOptions;
  readonly #queue = new AlertQueue();
  readonly #repetitions: Repetitions;
  #inFlight: QueuedAlert | undefined;
  #pausedUntilMs = 0;
  #nextSlotMs = 0;
  #isWorking = false;
  #isFlushing = false;
  #wake: () => void = () => undefined;
  #lastFailure: string | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#repetitions = new Repetitions(options.clock, (standIn) => this.#enqueue(standIn));
  }

  /** Why the last alert was not delivered; undefined once one is. */
  get lastFailure(): string | undefined {
    return this.#lastFailure;
  }

  /** Resolves when the alert, or the one it was merged into, was delivered or handed to the fallback. */
  send(alert: Alert): Promise<void> {
    const queued = new QueuedAlert(alert, this.#options.clock.now());
    const standIn = this.#isFlushing ? undefined : this.#repetitions.count(queued);
    if (standIn) return standIn.settled;
    this.#enqueue(queued);
    return queued.settled;
  }

  /** Sends the waiting alerts without the usual pace; after `deadlineMs` the rest goes to the fallback. */
  async flush(deadlineMs: number): Promise<void> {
    this.#isFlushing = true;
    this.#repetitions.endAll();
    this.#wake();
    const { promise: deadline, resolve } = Promise.withResolvers<undefined>();
    const timer = this.#options.clock.schedule(deadlineMs, () => resolve(undefined));
    await Promise.race([Promise.all(this.#open().map((queued) => queued.settled)), deadline]);
    timer.cancel();
    const unfinished = this.#open();
    this.#queue.clear();
    this.#inFlight = undefined;
    for (const queued of unfinished) void this.#giveUp(queued, 'Drop stopped before Slack accepted it');
    this.#isFlushing = false;
  }

  #open(): QueuedAlert[] {
    return [...this.#queue.all(), ...(this.#inFlight ? [this.#inFlight] : [])];
  }

  #enqueue(queued: QueuedAlert): void {
    if (this.#pausedUntilMs - this.#nowMs() > ageMsMax) {
      void this.#giveUp(queued, 'Slack asked for a longer wait than an alert allows');
      return;
    }
    const displaced = this.#queue.add(queued);
    if (displaced) void this.#giveUp(displaced, 'too many alerts are waiting');
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (!this.#queue.isEmpty) {
      await this.#untilAllowed();
      this.#inFlight = this.#queue.take();
      if (this.#inFlight) await this.#deliver(this.#inFlight);
      this.#inFlight = undefined;
    }
    this.#isWorking = false;
  }

  async #untilAllowed(): Promise<void> {
    for (;;) {
      const slotMs = this.#isFlushing ? 0 : this.#nextSlotMs;
      const waitMs = Math.max(slotMs, this.#pausedUntilMs) - this.#nowMs();
      if (waitMs <= 0) return;
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#wake = () => resolve(undefined);
      const timer = this.#options.clock.schedule(waitMs, this.#wake);
      await promise;
      timer.cancel();
    }
  }

  async #deliver(queued: QueuedAlert): Promise<void> {
    queued.attempts += 1;
    this.#nextSlotMs = this.#nowMs() + intervalMs;
    this.#repetitions.begin(queued.fingerprint);
    const verdict = await this.#options.post(queued);
    const isAbandoned = this.#inFlight !== queued;
    if (isAbandoned) return;
    switch (verdict.kind) {
      case 'delivered':
        this.#lastFailure = undefined;
        queued.settle();
        return;
      case 'later':
        return this.#retry(queued, verdict);
      case 'never':
        return this.#giveUp(queued, verdict.reason);
    }
  }

  async #retry(queued: QueuedAlert, verdict: { afterMs: number | undefined; reason: string }): Promise<void> {
    const afterMs = verdict.afterMs ?? firstRetryMs * 2 ** (queued.attempts - 1);
    this.#pausedUntilMs = this.#nowMs() + afterMs;
    const isTooLate = this.#pausedUntilMs - queued.raisedAt.getTime() > ageMsMax;
    if (queued.attempts >= attemptsMax || isTooLate) return this.#giveUp(queued, verdict.reason);
    this.#repetitions.returnTo(queued);
    this.#enqueue(queued);
  }

  async #giveUp(queued: QueuedAlert, reason: string): Promise<void> {
    this.#lastFailure = reason;
    this.#repetitions.returnTo(queued);
    await this.#options.fallback(queued, reason);
    queued.settle();
  }

  #nowMs(): number {
    return this.#options.clock.now().getTime();
  }
}
