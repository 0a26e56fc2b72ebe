import { z } from 'zod';
import { readParameters } from './action-parameters.ts';
import type { Emulator } from './emulator.ts';
import type { WebhookQueue } from './webhooks.ts';

const nothing = z.strictObject({});
/** `as_sent` is another name of `sent`, from before. */
const release = z.strictObject({ order: z.enum(['sent', 'as_sent', 'reversed']).default('sent') });
const delay = z.strictObject({ delayMs: z.int().min(0).max(86_400_000) });
const replay = z.strictObject({ id: z.string().exactOptional() });

/**
 * What the control plane may do to the webhooks of any emulator. `defaults` are an emulator's own: which webhooks
 * `duplicate_webhooks` is about, and how `corrupt_webhooks` spoils them.
 */
export function webhookActions(
  queue: WebhookQueue<unknown>,
  defaults: { duplicates: 'next' | 'every'; corruption: string },
): NonNullable<Emulator['actions']> {
  const copies = z.int().min(0).max(20);
  const duplicate = z.strictObject({
    copies: copies.optional(),
    /** Another name of `copies`, from before. */
    times: copies.optional(),
    of: z.enum(['next', 'every']).default(defaults.duplicates),
  });
  const corrupt = z.strictObject({
    how: z.enum(Object.keys(queue.corruptions)).default(defaults.corruption),
    times: z.int().min(1).default(1),
  });
  return {
    async hold_webhooks(input) {
      readParameters(nothing, input);
      queue.hold();
      return { done: true, ...queue.state() };
    },
    async release_webhooks(input) {
      const { order } = readParameters(release, input);
      return { done: true, released: await queue.release(order === 'reversed' ? order : 'sent') };
    },
    async delay_webhooks(input) {
      queue.delay(readParameters(delay, input).delayMs);
      return { done: true };
    },
    async duplicate_webhooks(input) {
      const { times = 1, copies: wanted = times, of } = readParameters(duplicate, input);
      queue.duplicate(wanted, of);
      return { done: true, copies: wanted, of };
    },
    async corrupt_webhooks(input) {
      const { how, times } = readParameters(corrupt, input);
      queue.corrupt(how, times);
      return { done: true };
    },
    async replay_webhook(input) {
      const webhook = await queue.replay(readParameters(replay, input).id);
      return webhook ? { done: true, answers: webhook.answers } : { done: false, reason: 'no such webhook' };
    },
    async replay_webhooks(input) {
      readParameters(nothing, input);
      return { done: true, replayed: await queue.replayAll() };
    },
  };
}
