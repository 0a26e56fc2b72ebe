import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';

/** A customer can cause one at will, with a mailbox that refuses mail. */
const givenUpCalmMs = 3_600_000;

/** Tells when mails have been accepted again for a while. The attempts themselves find what is wrong. */
export async function watchMails(context: ConditionContext): Promise<void> {
  await holdConditions(context, 'mail_given_up', { found: [], calmMs: givenUpCalmMs });
  await holdConditions(context, 'mail_server_unusable', { found: [] });
}
