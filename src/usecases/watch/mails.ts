import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';

/** Tells when mails have been accepted again for a while. The attempts themselves find what is wrong. */
export async function watchMails(context: ConditionContext): Promise<void> {
  await holdConditions(context, 'mail_given_up', { found: [] });
  await holdConditions(context, 'mail_server_unusable', { found: [] });
}
