import { onTestFinished } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import type { DeadWebhook } from '#inbox/handling.ts';
import { startInboxWorker, type InboxWorker } from '#inbox/worker.ts';
import type { StoredWebhook, WebhookSource } from '#inbox/webhook-source.ts';
import type { Database } from '#store/database.ts';
import { workerPorts } from '#store/inbox/ports.ts';
import { Mailbox } from './inbox.ts';

export interface Stand {
  worker: InboxWorker;
  clock: ManualClock;
  /** What went wrong, as told to the operator. */
  errors: Mailbox<{ message: string; isLast: unknown }>;
  dead: DeadWebhook[];
}

export interface StartOptions {
  /** When it starts, in milliseconds after the start of a `ManualClock`. */
  afterMs?: number;
  random?: () => number;
  leaseMs?: number;
}

export function start(database: Database, sources: WebhookSource[], options: StartOptions = {}): Stand {
  const { worker, clock, ...told } = startUnended(database, sources, options);
  onTestFinished(() => worker.stop());
  return { worker, clock, ...told };
}

/** A worker that the test never stops: it may hang with what it has in hand, as a process does that was killed. */
export function startUnended(
  database: Database,
  sources: WebhookSource[],
  { afterMs = 0, random = () => 0, ...lease }: StartOptions = {},
): Stand {
  const clock = new ManualClock();
  clock.advance(afterMs);
  const errors: Stand['errors'] = new Mailbox();
  const onError = (message: string, { isLast }: Record<string, unknown>) => errors.put({ message, isLast });
  const dead: DeadWebhook[] = [];
  const onDead = async (webhook: DeadWebhook) => void dead.push(webhook);
  const worker = startInboxWorker({
    ...workerPorts(database),
    clock,
    sources,
    onError,
    onDead,
    random,
    ...lease,
  });
  clock.advance(0);
  return { worker, clock, errors, dead };
}

export const nameOf = (webhook: StoredWebhook): string => Buffer.from(webhook.rawBody).toString();
export const refuse = (): Promise<never> => Promise.reject(new DropError('provider_timeout'));
export const hour = 3_600_000;
/** Where the clock jumps while something may be in hand. */
export const longLease = { leaseMs: 100 * hour };

/** Says what it has begun to handle, and goes on when the gate is open. */
export function gatedHandling() {
  const begun = new Mailbox<string>();
  const gate = Promise.withResolvers<undefined>();
  const handle = async (webhook: StoredWebhook): Promise<void> => {
    begun.put(nameOf(webhook));
    await gate.promise;
  };
  return { begun, gate, handle };
}
