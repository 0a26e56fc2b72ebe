import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';

/** A customer can cause one at will, with a mailbox that refuses mail. */
const givenUpCalmMs = 3_600_000;

/** Tells when no mail has been given up for a while. The attempts themselves find those that are. */
export async function watchMails(context: ConditionContext): Promise<void> {
  await holdConditions(context, 'mail_given_up', { found: [], calmMs: givenUpCalmMs });
}
