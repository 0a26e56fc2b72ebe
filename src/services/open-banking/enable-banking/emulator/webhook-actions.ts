import { z } from 'zod';
import { readParameters as read } from '#emulation/action-parameters.ts';
import type { Emulator } from '#emulation/emulator.ts';
import type { WebhookQueue } from './webhook-queue.ts';

export function webhookActions(webhooks: WebhookQueue): NonNullable<Emulator['actions']> {
  const nothing = z.strictObject({});
  return {
    async hold_webhooks(input) {
      read(nothing, input);
      webhooks.hold();
      return webhooks.state();
    },
    async release_webhooks(input) {
      const { order } = read(z.strictObject({ order: z.enum(['sent', 'reversed']).default('sent') }), input);
      return { released: webhooks.release(order) };
    },
    async duplicate_webhooks(input) {
      const { times } = read(z.strictObject({ times: z.int().min(1).max(20).default(1) }), input);
      webhooks.duplicate(times);
      return { times };
    },
    async corrupt_webhooks(input) {
      read(nothing, input);
      webhooks.corrupt();
      return {};
    },
    async replay_webhooks(input) {
      read(nothing, input);
      return { replayed: webhooks.replay() };
    },
  };
}
