import { customersWithExpired, forgetArchives, purgeOldCopies } from '#store/privacy/copies.ts';
import type { UseCaseContext } from '../../context.ts';
import { copyKeptMs } from './ask-copy.ts';

/** In one run; the next one follows within an hour. */
const customersMax = 1_000;

/** Deletes the archives that have expired. One that the storage does not delete is tried again with the next run. */
export async function expireCopies(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const { store, clock, services } = context;
  for (const userId of await customersWithExpired(store.database, clock.now(), customersMax)) {
    signal?.throwIfAborted();
    try {
      await services.files.deleteFilesOf(userId);
      await forgetArchives(store.database, userId);
    } catch (error) {
      context.log('warn', 'an expired copy could not be deleted; it is tried again', { userId, error });
    }
  }
  await purgeOldCopies(store.maintenance, new Date(clock.now().getTime() - copyKeptMs));
}
