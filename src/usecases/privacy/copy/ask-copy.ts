import { DropError } from '#domain/errors.ts';
import type { Locale } from '#domain/locale.ts';
import type { FileAddress } from '#services/file-storage/service.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { copiesSince, insertCopy, type DataCopy } from '#store/privacy/copies.ts';
import { lockUser } from '#store/users.ts';
import type { UseCaseContext } from '../../context.ts';

const dayMs = 86_400_000;
/** How long an archive is kept after the customer asked for it. */
const archiveKeptMs = 7 * dayMs;
/** How long the row of a copy is kept, so that an expired one can be shown as such. */
export const copyKeptMs = 30 * dayMs;
/** A copy that was not made by then is shown as failed, and is not made any more. */
export const makingMsMax = 3_600_000;
/** In a day. */
const copiesMax = 3;

/** Where a copy stands. */
export type CopyState =
  | { status: 'none' }
  | { status: 'making' | 'failed' | 'expired'; askedAt: Date }
  | { status: 'ready'; askedAt: Date; expiresAt: Date; bytes: number };

/**
 * Asks for a copy of the customer's data, which a job makes. One that is being made is that copy.
 *
 * @throws {DropError} `rate_limited` with the fourth copy of 24 hours.
 */
export async function askForCopy(
  context: UseCaseContext,
  userId: string,
  locale: Locale,
): Promise<CopyState> {
  const { store, clock, entropy } = context;
  const askedAt = clock.now();
  return store.database.transaction().execute(async (transaction) => {
    await lockUser(transaction, userId);
    const lately = await copiesSince(transaction, userId, new Date(askedAt.getTime() - dayMs));
    const state = stateOf(lately[0], askedAt);
    if (state.status === 'making') return state;
    const oldest = lately[copiesMax - 1];
    if (oldest) throw tooMany(oldest.askedAt.getTime() + dayMs - askedAt.getTime());
    const id = entropy.uuid();
    const expiresAt = new Date(askedAt.getTime() + archiveKeptMs);
    await insertCopy(transaction, { id, userId, locale, askedAt, expiresAt });
    await context.enqueue(transaction, 'make-data-copy', { copyId: id });
    return { status: 'making', askedAt };
  });
}

function tooMany(retryAfterMs: number): DropError {
  return new DropError('rate_limited', { message: 'too many copies in a day', retryAfterMs });
}

/** Where the customer's newest copy stands. */
export async function copyState({ store, clock }: UseCaseContext, userId: string): Promise<CopyState> {
  const at = clock.now();
  const [newest] = await copiesSince(store.database, userId, new Date(at.getTime() - copyKeptMs));
  return stateOf(newest, at);
}

function stateOf(copy: DataCopy | undefined, at: Date): CopyState {
  if (!copy) return { status: 'none' };
  const { askedAt, expiresAt, fileKey, bytes, failedAt } = copy;
  if (expiresAt <= at) return { status: 'expired', askedAt };
  if (fileKey !== null) return { status: 'ready', askedAt, expiresAt, bytes: bytes ?? 0 };
  const isLate = askedAt.getTime() + makingMsMax <= at.getTime();
  return { status: failedAt || isLate ? 'failed' : 'making', askedAt };
}

/**
 * The address from which the customer downloads the archive within minutes.
 *
 * @throws {DropError} `not_found` without one; what `downloadAddress` of the file storage throws.
 */
export async function copyAddress(context: UseCaseContext, userId: string): Promise<FileAddress> {
  const at = context.clock.now();
  const since = new Date(at.getTime() - archiveKeptMs);
  const copies = await copiesSince(context.store.database, userId, since);
  const ready = copies.find(({ fileKey, expiresAt }) => fileKey !== null && expiresAt > at);
  if (!ready?.fileKey) throw new DropError('not_found', { message: 'there is no archive to download' });
  return context.services.files.downloadAddress(ready.fileKey, `drop-${osloDay(ready.askedAt)}.zip`);
}
