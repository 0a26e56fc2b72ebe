import { onTestFinished } from 'vitest';
import type { Alert } from '#domain/alert-text.ts';
import type { User } from '#store/users.ts';
import { findUser } from '#store/users.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { initiateVerification } from '#usecases/kyc/verify.ts';
import { startSumsubStack, type SumsubStack } from '../conformance/sumsub-stack.ts';
import { raisedAlerts } from './alerts.ts';
import { customer, testContext, type TestContext } from './context.ts';

/** The use cases on a real database, the production client, and the emulator whose webhooks come over HTTP. */
export interface SumsubWorld {
  context: TestContext;
  stack: SumsubStack;
  /** The alerts that were raised. */
  alerts(): Promise<Alert[]>;
  /** A customer who has begun their verification. */
  user: User;
  applicantId: string;
  /** Ends the review, and waits until its webhooks were handled. */
  review(outcome: string): Promise<void>;
  /** Any webhook of the customer's applicant. */
  send(type: string): Promise<void>;
  /** What the database says that the customer may do. */
  kycStatus(): Promise<string | undefined>;
}

export async function sumsubWorld(): Promise<SumsubWorld> {
  const context = await testContext();
  const stack = await startSumsubStack(context.clock);
  onTestFinished(() => stack.close());
  context.services.sumsub = stack.client;
  stack.client.onWebhook((hint) => reconcileReview(context, hint));
  const user = await customer(context, 'none');
  await initiateVerification(context, user);
  await stack.settled();
  const found = await stack.client.findApplicant(user.id);
  if (!found) throw new RangeError('the applicant was created');
  const act = async (action: string, parameters: object): Promise<void> => {
    await stack.act(action, { externalUserId: user.id, ...parameters });
    await stack.settled();
  };
  return {
    context,
    stack,
    alerts: () => raisedAlerts(context),
    user,
    ...found,
    review: (outcome) => act('complete_review', { outcome }),
    send: (type) => act('send_webhook', { type }),
    kycStatus: async () => (await findUser(context.store.database, user.id))?.kycStatus,
  };
}
