import { DropError } from '#domain/errors.ts';
import type { Sealer } from '#domain/sealer.ts';
import { endConnection } from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import { connectionsUnderKey, deleteTextsUnderKey } from '#store/sealed-columns.ts';
import type { OperatorContext } from './operate/context.ts';
import { recordAct, type Actor } from './operate/record-act.ts';

export interface Discarded {
  /** How many consents have ended, since their secrets are lost. Their customers are asked for new ones. */
  consents: number;
  /** How many texts were deleted. */
  texts: number;
}

/**
 * Deletes what was encrypted under a lost key. Consents whose secrets are among it end.
 *
 * @throws {DropError} `configuration_invalid` for a key that is configured, since what is under it can be read.
 */
export async function discardKey(
  context: OperatorContext,
  { keyIds }: Pick<Sealer, 'keyIds'>,
  { keyId, ...actor }: { keyId: string } & Actor,
): Promise<Discarded> {
  if (keyIds.includes(keyId)) {
    const message = `the key "${keyId}" is configured, so nothing under it is lost: use "drop secrets rekey"`;
    throw new DropError('configuration_invalid', { message });
  }
  const at = context.clock.now();
  return context.store.database.transaction().execute(async (transaction) => {
    let [consents, texts] = [0, 0];
    for (const { id, userId } of await connectionsUnderKey(transaction, keyId)) {
      // The end of a consent deletes its secrets.
      if (!(await endConnection(transaction, id, { status: 'expired', at }))) continue;
      await announceChange(transaction, { userId, kind: 'connection', id });
      consents += 1;
      texts += 1;
    }
    texts += await deleteTextsUnderKey(transaction, keyId);
    const about = `key ${keyId}: ${texts} texts, ${consents} consents`;
    await recordAct(transaction, context, { ...actor, act: 'discarded key', about });
    return { consents, texts };
  });
}
