import { strToU8, zipSync } from 'fflate';
import { failCopy, findCopy, keepArchive, type DataCopy } from '#store/privacy/copies.ts';
import { lockUser } from '#store/users.ts';
import type { UseCaseContext } from '../../context.ts';
import { notify } from '../../notify/notify.ts';
import { makingMsMax } from './ask-copy.ts';
import { copyPage } from './page.ts';
import { readData } from './read-data.ts';

/** The job that makes a copy. A copy that is ready, given up or gone is left as it is. */
export async function makeDataCopy(
  context: UseCaseContext,
  { copyId }: { copyId: string },
  signal?: AbortSignal,
): Promise<void> {
  const { store, clock } = context;
  const copy = await findCopy(store.database, copyId);
  if (!copy || copy.fileKey !== null || copy.failedAt) return;
  const isLate = copy.askedAt.getTime() + makingMsMax <= clock.now().getTime();
  if (isLate) return failCopy(store.database, copyId, clock.now());
  const archive = await archiveOf(context, copy);
  signal?.throwIfAborted();
  await keep(context, copy, archive);
}

async function archiveOf({ store, clock }: UseCaseContext, copy: DataCopy): Promise<Uint8Array> {
  const at = clock.now();
  const tables = await readData(store.database, copy.userId);
  const data = { madeAt: at, customer: copy.userId, tables };
  const page = copyPage(tables, { locale: copy.locale, at });
  const files = { 'index.html': page, 'data.json': `${JSON.stringify(data, undefined, 2)}\n` };
  const bytes = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(bytes), { mtime: at });
}

/**
 * A customer has one archive: a new one takes the place of the former, and of one that a process left that died. An
 * account that was closed meanwhile keeps none.
 */
async function keep(context: UseCaseContext, copy: DataCopy, archive: Uint8Array): Promise<void> {
  const { store, clock, services } = context;
  const { userId } = copy;
  await services.files.deleteFilesOf(userId);
  const fileKey = await services.files.putFile({ userId, extension: 'zip' }, archive);
  const kept = { fileKey, bytes: archive.length, at: clock.now() };
  try {
    await store.database.transaction().execute(async (transaction) => {
      await lockUser(transaction, userId);
      if (await keepArchive(transaction, copy, kept))
        await notify(context, transaction, { userId, code: 'data_copy_ready', parameters: {} });
    });
  } catch (error) {
    await services.files.deleteFilesOf(userId);
    throw error;
  }
}
