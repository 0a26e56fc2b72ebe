import { strToU8 } from 'fflate';
import { isDropError } from '#domain/errors.ts';
import { failCopy, findCopy, keepArchive, type DataCopy } from '#store/privacy/copies.ts';
import { lockUser } from '#store/users.ts';
import type { UseCaseContext } from '../../context.ts';
import { notify } from '../../notify/notify.ts';
import { archive, type ArchivedFile } from './archive.ts';
import { makingMsMax } from './ask-copy.ts';
import { dataJson } from './data-json.ts';
import { copyPage } from './page.ts';
import { readData } from './read-data.ts';
import { receiptsOf } from './receipts.ts';

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
  const archived = await archiveOf(context, copy, signal);
  signal?.throwIfAborted();
  await keep(context, copy, archived);
}

function archiveOf(context: UseCaseContext, copy: DataCopy, signal?: AbortSignal): Promise<Uint8Array> {
  const { store, clock } = context;
  const at = clock.now();
  return archive(files(), clock);

  async function* files(): AsyncGenerator<ArchivedFile> {
    const tables = await readData(store.database, copy.userId);
    yield { name: 'index.html', parts: inParts(copyPage(tables, { locale: copy.locale, at })) };
    yield { name: 'data.json', parts: inParts(dataJson(tables, { customer: copy.userId, at })) };
    for await (const receipt of receiptsOf(context, copy)) {
      signal?.throwIfAborted();
      yield receipt;
    }
  }
}

/** A piece is a row or less, of some 0.1 ms. */
const piecesOfPart = 50;

function* inParts(pieces: Iterable<string>): Generator<Uint8Array> {
  let part: string[] = [];
  for (const piece of pieces) {
    part.push(piece);
    if (part.length < piecesOfPart) continue;
    yield strToU8(part.join(''));
    part = [];
  }
  yield strToU8(part.join(''));
}

/**
 * A customer has one archive: a new one takes the place of the former, and of one that a process left that died. An
 * account that was closed meanwhile keeps none, which is no failure.
 */
async function keep(context: UseCaseContext, copy: DataCopy, archived: Uint8Array): Promise<void> {
  const { store, clock, services } = context;
  const { userId } = copy;
  await services.files.deleteFilesOf(userId);
  const fileKey = await services.files.putFile({ userId, extension: 'zip' }, archived);
  const kept = { fileKey, bytes: archived.length, at: clock.now() };
  try {
    await store.database.transaction().execute(async (transaction) => {
      await lockUser(transaction, userId);
      if (await keepArchive(transaction, copy, kept))
        await notify(context, transaction, { userId, code: 'data_copy_ready', parameters: {} });
    });
  } catch (error) {
    await services.files.deleteFilesOf(userId);
    if (!isDropError(error, 'not_signed_in')) throw error;
  }
}
