import { unacceptedMails, type UnacceptedMails } from '#store/outbox/unaccepted-mails.ts';
import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';

/** A customer can cause one at will, with a mailbox that refuses mail. */
const givenUpCalmMs = 3_600_000;
/** The third is made after six minutes: a server that only puts a sender off for a while has accepted it by then. */
const attemptsMin = 3;

/** Tells when no mail has been given up for a while. The attempts themselves find those that are. */
export async function watchMails(context: ConditionContext): Promise<void> {
  await holdConditions(context, 'mail_given_up', { found: [], calmMs: givenUpCalmMs });
  await watchMailServers(context);
}

/** Alerts when mails wait and none is accepted, long before the first of them is given up. */
async function watchMailServers(context: ConditionContext): Promise<void> {
  const { store, clock } = context;
  const unaccepted = await unacceptedMails(store.database, attemptsMin);
  const found = unaccepted ? [{ subject: 'mail', parameters: parametersOf(unaccepted, clock.now()) }] : [];
  await holdConditions(context, 'mails_not_accepted', { found });
}

function parametersOf({ mails, since, reason }: UnacceptedMails, at: Date) {
  return { mails, reason, oldestMinutes: Math.round((at.getTime() - since.getTime()) / 60_000) };
}
