import { z } from 'zod';
import { readParameters } from '#emulation/action-parameters.ts';
import type { Emulator } from '#emulation/emulator.ts';
import { webhookActions } from '#emulation/webhook-actions.ts';
import type { EmulatedApplicant, EmulatedApplicants } from './applicants.ts';
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
/** The sandbox sends nothing to another machine. */
const target = z.strictObject({
  url: z.url({
    protocol: /^http$/,
    hostname: /^(localhost|127\.0\.0\.1)$/,
    error: 'must be an http: address of localhost or 127.0.0.1',
  }),
});
const event = z.strictObject({ externalUserId, type: z.string().min(1) });

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
      const { externalUserId: id, outcome } = readParameters(review, parameters);
      const applicant = find(id);
      if (!applicant) return unknown;
      if (!maySubmit(applicant)) return { done: false, reason: `the review is ${applicant.reviewStatus}` };
      reviews.submit(applicant, outcome);
      return { done: true };
    },
    async complete_review(parameters) {
      const { externalUserId: id, outcome } = readParameters(review, parameters);
      const applicant = find(id);
      if (!applicant) return unknown;
      reviews.finish(applicant, outcome);
      return { done: true };
    },
    async reset_applicant(parameters) {
      const applicant = find(readParameters(whose, parameters).externalUserId);
      if (!applicant) return unknown;
      reviews.restart(applicant);
      return { done: true };
    },
    async send_webhook(parameters) {
      const { externalUserId: id, type } = readParameters(event, parameters);
      const applicant = find(id);
      return applicant ? { done: true, id: webhooks.tell(applicant, type) } : unknown;
    },
    async set_webhook_url(parameters) {
      webhooks.sendTo(readParameters(target, parameters).url);
      return { done: true };
    },
    ...webhookActions(webhooks, { duplicates: 'every', corruption: 'digest' }),
    async expire_tokens() {
      applicants.expireTokens();
      return { done: true };
    },
  };
}
