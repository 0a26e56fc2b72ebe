import { mailAddressOf } from '#store/email-addresses.ts';
import { emailAddressState, type EmailAddressState } from '#usecases/email-address/state.ts';
import { linkOf } from '#usecases/notify/mail-link.ts';
import type { TestContext } from '../../support/context.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** A mail that waits in the outbox for an address of its own, in the order of the outbox. */
export interface WaitingMail {
  code: string;
  /** Undefined once the address is forgotten. */
  to: string | undefined;
  /** The path of its link. */
  path: string | undefined;
}

/** The mails of a customer as the worker would send them now. */
export async function waitingMails(context: TestContext, userId: string): Promise<WaitingMail[]> {
  const { database } = context.store;
  const entries = await database
    .selectFrom('outbox')
    .select(['code', 'parameters'])
    .where('user_id', '=', userId)
    .where('channel', '=', 'mail')
    .where('status', '=', 'waiting')
    .orderBy('sequence')
    .execute();
  const mails: WaitingMail[] = [];
  for (const { code, parameters } of entries) {
    const to = await mailAddressOf(database, { userId, addressId: String(parameters['addressId']) });
    const path = to && (await linkOf(context, code as 'address_verification', to));
    mails.push({ code, to: to?.address, path });
  }
  return mails;
}

/** The token of the link in the customer's last mail. */
export async function lastToken(context: TestContext, userId: string): Promise<string> {
  const links = (await waitingMails(context, userId)).filter(({ path }) => path?.includes('#token='));
  return links.at(-1)?.path?.split('#token=')[1] ?? 'there was no link';
}

export async function state(context: TestContext, userId: string): Promise<EmailAddressState> {
  return emailAddressState(context, userId);
}

/** Everything that the customer was told in the app. */
export async function toldInApp(context: TestContext, userId: string): Promise<string[]> {
  const rows = await context.store.database
    .selectFrom('outbox')
    .select('code')
    .where('user_id', '=', userId)
    .where('channel', '=', 'app')
    .orderBy('sequence')
    .execute();
  return rows.map(({ code }) => code);
}

/** Ends the mails that wait, as the worker does. */
export async function sendAll(context: TestContext): Promise<void> {
  await context.store.database
    .updateTable('outbox')
    .set({ status: 'delivered', due_at: null, settled_at: context.clock.now() })
    .where('channel', '=', 'mail')
    .execute();
}
