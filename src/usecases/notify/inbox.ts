import { DropError } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import { isNoticeCode, notices } from '#domain/notice/notices.ts';
import { announceChange } from '#store/changes.ts';
import { markRead, readInbox, type InboxEntry } from '#store/outbox/notifications.ts';
import type { User } from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { readFacts, type StoredNotice } from './facts.ts';
import { noticePath, noticeText } from './render.ts';

const pageMax = 30;
/** More unread entries are not counted. */
const unreadMax = 100;

export interface Notification {
  id: string;
  code: string;
  title: string;
  body: string;
  /** The path of the screen that shows what it is about. */
  path: string;
  createdAt: Date;
  isRead: boolean;
}

export interface Inbox {
  notifications: Notification[];
  unread: number;
  /** Where the next page begins; undefined after the last one. */
  nextCursor: string | undefined;
}

/**
 * A page of a customer's inbox, the newest entry first, in the customer's language. Entries that cannot be shown are
 * left out: a newer version of Drop wrote them, or what they are about is gone.
 */
export async function inboxOf(
  { store }: UseCaseContext,
  user: User,
  { cursor, locale }: { cursor: string | undefined; locale: Locale },
): Promise<Inbox> {
  const page = { userId: user.id, cursor, limit: pageMax + 1, codes: Object.keys(notices), unreadMax };
  const { entries, unread } = await readInbox(store.database, page);
  const onPage = entries.slice(0, pageMax);
  const known = onPage.filter(isKnown);
  const facts = await readFacts(store.database, user.id, known);
  const notifications = known.flatMap((entry, index): Notification[] => {
    const found = facts[index];
    if (!found) return [];
    const { id, code, createdAt, readAt } = entry;
    const path = noticePath(found);
    return [{ id, code, ...noticeText(code, found, locale), path, createdAt, isRead: readAt !== null }];
  });
  return { notifications, unread, nextCursor: entries.length > pageMax ? onPage.at(-1)?.id : undefined };
}

function isKnown(entry: InboxEntry): entry is InboxEntry & StoredNotice {
  return isNoticeCode(entry.code);
}

/**
 * Marks a customer's entries up to and including `upTo` as read. The other tabs are told if any was unread.
 *
 * @throws {DropError} `not_found` when `upTo` is no entry of theirs.
 */
export async function readUpTo(
  { store, clock }: UseCaseContext,
  { id: userId }: User,
  upTo: string,
): Promise<void> {
  await store.database.transaction().execute(async (transaction) => {
    const read = await markRead(transaction, { userId, upTo, at: clock.now() });
    if (read === undefined) throw new DropError('not_found', { message: 'no such notification' });
    if (read > 0) await announceChange(transaction, { userId, kind: 'notification', id: upTo });
  });
}
