import type { MiddlewareHandler } from 'hono';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { authenticate } from './authenticate.ts';
import type { EmulatorKeys } from './keys.ts';
import type { Settlement } from './settlement.ts';
import type { WebhookQueue } from './webhook-queue.ts';
import type { World } from './world.ts';

/** What the emulator's parts share. */
export interface Bench {
  context: EmulatorContext;
  keys: EmulatorKeys;
  callbackUrl: string;
  webhookOrigin: string;
  /** Replaced when the emulator is reset, hence asked for anew. */
  world: () => World;
  settlement: Settlement;
  webhooks: WebhookQueue;
  /** The faults of an operation, then the application's token. */
  guarded: (
    operation: string,
  ) => [MiddlewareHandler<EmulatorEnvironment>, MiddlewareHandler<EmulatorEnvironment>];
}

export function guardedBy(context: EmulatorContext, keys: EmulatorKeys): Bench['guarded'] {
  const authenticated = authenticate(keys, context.clock);
  return (operation) => [context.faults.guard(operation), authenticated];
}
