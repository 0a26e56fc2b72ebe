import type { MiddlewareHandler } from 'hono';
import type { Banking } from '#emulation/bank/banking.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { authenticate } from './authenticate.ts';
import type { EmulatorKeys } from './keys.ts';
import type { Payment, Session } from './world.ts';

/** What the emulator's parts share. */
export interface Bench extends Pick<Banking<Session, Payment>, 'world' | 'settlement'> {
  context: EmulatorContext;
  keys: EmulatorKeys;
  callbackUrl: string;
  webhookOrigin: string;
  /** The faults of an operation, then the application's token. */
  guarded: (
    operation: string,
  ) => [MiddlewareHandler<EmulatorEnvironment>, MiddlewareHandler<EmulatorEnvironment>];
}

export function guardedBy(context: EmulatorContext, keys: EmulatorKeys): Bench['guarded'] {
  const authenticated = authenticate(keys, context.clock);
  return (operation) => [context.faults.guard(operation), authenticated];
}
