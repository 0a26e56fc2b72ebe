import { isDropError } from '#domain/errors.ts';
import { isSealed, type Sealer } from '#domain/sealer.ts';
import type { Database } from '#store/database.ts';
import {
  countByKey,
  replaceText,
  sealedColumns,
  textsUnderOtherKeys,
  type SealedColumn,
} from '#store/sealed-columns.ts';
import { alertKinds } from '../alerts/kinds.ts';
import { holdConditions, type ConditionContext } from '../alerts/conditions.ts';
import type { UseCaseContext } from '../context.ts';

export interface EncryptionKeyStatus {
  /** Null for texts from before Drop encrypted that column. */
  keyId: string | null;
  /** The column's table and name, as in `provider_secrets.sealed`. */
  where: string;
  texts: number;
  /** `unknown`: the configuration has no such key, so its texts can neither be read nor moved. */
  key: 'current' | 'former' | 'unknown' | 'none';
}

/** How many encrypted texts are where, under which key. */
export async function encryptionKeyStatus(
  database: Database,
  { keyIds }: Pick<Sealer, 'keyIds'>,
): Promise<EncryptionKeyStatus[]> {
  const counted = sealedColumns.map(async (column) => {
    const found = await countByKey(database, column);
    const where = `${column.table}.${column.column}`;
    return found.map(({ keyId, texts }) => ({ keyId, where, texts, key: kindOf(keyId, keyIds) }));
  });
  return (await Promise.all(counted)).flat();
}

function kindOf(keyId: string | null, [current, ...former]: readonly string[]): EncryptionKeyStatus['key'] {
  if (keyId === null) return 'none';
  if (keyId === current) return 'current';
  return former.includes(keyId) ? 'former' : 'unknown';
}

export interface RekeyedTexts {
  /** How many texts are now under the current key that were not. */
  moved: number;
  /** How many texts a configured key does not open, because they were changed or belong to another row. */
  damaged: number;
  /** What is left under other keys. */
  remaining: EncryptionKeyStatus[];
}

/**
 * Encrypts everything under the current key that is under a former one, or plain. May run beside Drop, and again after
 * it was interrupted. `onProgress` is told after every page how many texts were moved so far.
 */
export async function rekeyTexts(
  database: Database,
  sealer: Sealer,
  onProgress: (moved: number) => void = () => undefined,
): Promise<RekeyedTexts> {
  const total = { moved: 0, damaged: 0 };
  for (const column of sealedColumns) {
    const { moved, damaged } = await rekeyColumn(
      { database, sealer, onProgress: (more) => onProgress(total.moved + more) },
      column,
    );
    total.moved += moved;
    total.damaged += damaged;
  }
  const status = await encryptionKeyStatus(database, sealer);
  return { ...total, remaining: status.filter(({ key }) => key !== 'current') };
}

const pageRows = 500;
const beforeEveryId = '00000000-0000-0000-0000-000000000000';

async function rekeyColumn(
  {
    database,
    sealer,
    onProgress,
  }: { database: Database; sealer: Sealer; onProgress: (moved: number) => void },
  column: SealedColumn,
): Promise<{ moved: number; damaged: number }> {
  const [keyId = ''] = sealer.keyIds;
  let [moved, damaged, after] = [0, 0, beforeEveryId];
  for (;;) {
    const page = await textsUnderOtherKeys(database, column, { keyId, after, limit: pageRows });
    for (const { row, text: from } of page) {
      const place = { table: column.table, column: column.column, row };
      const opened = openedText(sealer, from, place);
      if (opened === undefined) continue;
      if (opened === 'damaged') damaged += 1;
      else if (await replaceText(database, column, { row, from, to: sealer.seal(opened.text, place) }))
        moved += 1;
    }
    onProgress(moved);
    const last = page.at(-1);
    if (!last) return { moved, damaged };
    after = last.row;
  }
}

/** Undefined for a text whose key is not configured. */
function openedText(
  sealer: Sealer,
  text: string,
  place: Parameters<Sealer['open']>[1],
): { text: string } | 'damaged' | undefined {
  if (!isSealed(text)) return { text };
  if (!sealer.keyIds.includes(text.split('.')[1] ?? '')) return undefined;
  try {
    return { text: sealer.open(text, place) };
  } catch (error) {
    if (isDropError(error)) return 'damaged';
    throw error;
  }
}

/**
 * Alerts the operators when encrypted texts are under keys that are not configured, and tells when that is over.
 * Never rejects.
 */
export async function alertMissingKeys(
  context: ConditionContext & Pick<UseCaseContext, 'sealer'>,
): Promise<void> {
  const { store, sealer, log } = context;
  try {
    const status = await encryptionKeyStatus(store.database, sealer);
    const missing = status.filter(({ key }) => key === 'unknown');
    if (missing.length > 0)
      log('error', alertKinds.encryption_key_missing.title, { alert: 'encryption_key_missing', missing });
    const found = [...Map.groupBy(missing, ({ keyId }) => keyId ?? '')].map(([subject, texts]) => {
      return { subject, parameters: { missing: texts } };
    });
    await holdConditions(context, 'encryption_key_missing', { found, calmMs: 0 });
  } catch (error) {
    log('error', 'the encryption keys in use could not be looked up', { error });
  }
}
