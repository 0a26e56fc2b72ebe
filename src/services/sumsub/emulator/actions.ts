import { z } from 'zod';
import type { Emulator } from '#emulation/emulator.ts';
import type { EmulatedApplicant, EmulatedApplicants } from './applicants.ts';
import { corruptionNames } from './corruptions.ts';
import { outcomeNames } from './outcomes.ts';
import { maySubmit, type EmulatedReviews } from './reviews.ts';
import type { EmulatedWebhooks } from './webhooks.ts';

interface ActionOptions {
  applicants: EmulatedApplicants;
  reviews: EmulatedReviews;
  webhooks: EmulatedWebhooks;
}

const externalUserId = z.string().min(1);
const review = z.strictObject({ externalUserId, outcome: z.enum(outcomeNames).default('approved') });
const whose = z.strictObject({ externalUserId });
const event = z.strictObject({ externalUserId, type: z.string().min(1) });
const release = z.strictObject({ order: z.enum(['as_sent', 'reversed']).default('as_sent') });
const duplicate = z.strictObject({ copies: z.int().min(0).max(10).default(1) });
const delay = z.strictObject({ delayMs: z.int().min(0).max(86_400_000) });
const corrupt = z.strictObject({
  how: z.enum(corruptionNames).default('digest'),
  times: z.int().min(1).default(1),
});
const replay = z.strictObject({ id: z.string().exactOptional() });

/**
 * The actions of the control plane. `submit_documents` acts for the customer at the WebSDK page; `complete_review` acts
 * for Sumsub's reviewer, also on a review that is already decided. The others disturb webhooks and tokens.
 */
export function createActions({
  applicants,
  reviews,
  webhooks,
}: ActionOptions): NonNullable<Emulator['actions']> {
  const find = (id: string): EmulatedApplicant | undefined => applicants.findByExternalUserId(id);
  const unknown = { done: false, reason: 'no such applicant' };

  return {
    async submit_documents(parameters) {
      const { externalUserId: id, outcome } = review.parse(parameters);
      const applicant = find(id);
      if (!applicant) return unknown;
      if (!maySubmit(applicant)) return { done: false, reason: `the review is ${applicant.reviewStatus}` };
      reviews.submit(applicant, outcome);
      return { done: true };
    },
    async complete_review(parameters) {
      const { externalUserId: id, outcome } = review.parse(parameters);
      const applicant = find(id);
      if (!applicant) return unknown;
      reviews.finish(applicant, outcome);
      return { done: true };
    },
    async reset_applicant(parameters) {
      const applicant = find(whose.parse(parameters).externalUserId);
      if (!applicant) return unknown;
      reviews.restart(applicant);
      return { done: true };
    },
    async send_webhook(parameters) {
      const { externalUserId: id, type } = event.parse(parameters);
      const applicant = find(id);
      return applicant ? { done: true, id: webhooks.send(applicant, type).id } : unknown;
    },
    async hold_webhooks() {
      webhooks.hold();
      return { done: true };
    },
    async release_webhooks(parameters) {
      return { done: true, released: await webhooks.release(release.parse(parameters).order) };
    },
    async delay_webhooks(parameters) {
      webhooks.delay(delay.parse(parameters).delayMs);
      return { done: true };
    },
    async duplicate_webhooks(parameters) {
      webhooks.duplicate(duplicate.parse(parameters).copies);
      return { done: true };
    },
    async corrupt_webhooks(parameters) {
      const { how, times } = corrupt.parse(parameters);
      webhooks.corrupt(how, times);
      return { done: true };
    },
    async replay_webhook(parameters) {
      const webhook = await webhooks.replay(replay.parse(parameters).id);
      return webhook ? { done: true, answers: webhook.answers } : { done: false, reason: 'no such webhook' };
    },
    async expire_tokens() {
      applicants.expireTokens();
      return { done: true };
    },
  };
}
