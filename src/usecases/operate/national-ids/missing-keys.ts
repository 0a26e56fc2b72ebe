import { countUsersByHashKey } from '#store/national-identity-hashes.ts';
import { alertKinds } from '../../alerts/kinds.ts';
import { raise, type AlertContext } from '../../alerts/raise.ts';
import type { UseCaseContext } from '../../context.ts';

/**
 * Alerts the operators once at a start, when people are hashed under keys that are not configured, except `lost` ones.
 * Never rejects.
 */
export async function alertMissingHashKeys(
  context: AlertContext & Pick<UseCaseContext, 'nationalIdentityHasher'>,
  lost: readonly string[],
): Promise<void> {
  const { store, nationalIdentityHasher, log } = context;
  const known = new Set([...nationalIdentityHasher.keyIds, ...lost]);
  try {
    const missing = (await countUsersByHashKey(store.database)).filter(({ keyId }) => !known.has(keyId));
    if (missing.length === 0) return;
    log('warn', alertKinds.hash_key_missing.title, { missing });
    for (const { keyId } of missing) await raise(context, 'hash_key_missing', { keyId });
  } catch (error) {
    log('error', 'the hash keys in use could not be looked up', { error });
  }
}
