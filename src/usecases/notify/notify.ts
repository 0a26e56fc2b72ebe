import { notices, type NoticeCode, type NoticeParameters } from '#domain/notice/notices.ts';
import { announceChanges } from '#store/changes.ts';
import type { OpenTransaction } from '#store/database.ts';
import { recordNotices } from './record-notices.ts';
import { addEntries, type NewEntry } from '#store/outbox/entries.ts';
import type { UseCaseContext } from '../context.ts';

/** A message to a customer. */
export interface NewNotice<Code extends NoticeCode> {
  userId: string;
  code: Code;
  parameters: NoticeParameters<Code>;
  /**
   * The occasion, such as the id of a payment: a customer gets at most one notice of a code for it. Without it, each
   * call is an occasion of its own.
   */
  occasion?: string;
}

/**
 * Tells a customer something, in the caller's transaction: if that commits, the notice is in the app at once, and its
 * mail is sent at least once. If it does not commit, neither happens.
 */
export async function notify<Code extends NoticeCode>(
  context: NotifyContext,
  transaction: OpenTransaction,
  notice: NewNotice<Code>,
): Promise<void> {
  await notifyEach(context, transaction, [notice]);
}

type NotifyContext = Pick<UseCaseContext, 'clock' | 'entropy'>;

/** As `notify`, for several at once: as many statements as for one. */
export async function notifyEach<Code extends NoticeCode>(
  context: NotifyContext,
  transaction: OpenTransaction,
  news: readonly NewNotice<Code>[],
): Promise<void> {
  if (news.length === 0) return;
  const entries = news.flatMap((notice) => entriesOf(context, notice));
  const added = await addEntries(transaction, entries);
  const isAdded = new Set(added.map(({ id }) => id));
  await recordNotices(
    context,
    transaction,
    entries.filter(({ id }) => isAdded.has(id)),
  );
  const shown = added.filter(({ channel }) => channel === 'app');
  await announceChanges(
    transaction,
    shown.flatMap(({ id, userId }) => (userId === null ? [] : [{ userId, kind: 'notification', id }])),
  );
}

function entriesOf<Code extends NoticeCode>(
  { clock, entropy }: NotifyContext,
  { userId, code, parameters, occasion }: NewNotice<Code>,
): NewEntry[] {
  const entry = {
    recipient: `user:${userId}`,
    userId,
    code,
    parameters,
    deduplicationKey: occasion === undefined ? undefined : `${code} ${occasion}`,
    at: clock.now(),
  };
  return notices[code].channels.map((channel): NewEntry => {
    const id = entropy.uuid();
    switch (channel) {
      case 'app':
        return { ...entry, id, channel };
      case 'mail':
        return { ...entry, id, channel, needsAddress: true };
      case 'mail_to_address':
        return { ...entry, id, channel: 'mail', recipient: addressed(userId, parameters) };
    }
  });
}

/**
 * The recipient of mails to one address. Each address has an order of its own: a server that puts off what goes to an
 * address that was just entered must not hold back what the verified one is told.
 */
function addressed(userId: string, parameters: object): string {
  return 'addressId' in parameters
    ? `user:${userId} address:${String(parameters.addressId)}`
    : `user:${userId}`;
}
