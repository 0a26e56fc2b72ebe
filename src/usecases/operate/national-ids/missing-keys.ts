import { countUsersByHashKey } from '#store/national-identity-hashes.ts';
import { alertKinds } from '../../alerts/kinds.ts';
import { holdConditions, type ConditionContext } from '../../alerts/conditions.ts';
import type { UseCaseContext } from '../../context.ts';

/**
 * Alerts the operators at a start when people are hashed under keys that are not configured, except `lost` ones, and
 * tells when that is over. Never rejects.
 */
export async function alertMissingHashKeys(
  context: ConditionContext & Pick<UseCaseContext, 'nationalIdentityHasher'>,
  lost: readonly string[],
): Promise<void> {
  const { store, nationalIdentityHasher, log } = context;
  const known = new Set([...nationalIdentityHasher.keyIds, ...lost]);
  try {
    const missing = (await countUsersByHashKey(store.database)).filter(({ keyId }) => !known.has(keyId));
    if (missing.length > 0) log('warn', alertKinds.hash_key_missing.title, { missing });
    const found = missing.map((parameters) => ({ subject: parameters.keyId, parameters }));
    await holdConditions(context, 'hash_key_missing', { found, calmMs: 0 });
  } catch (error) {
    log('error', 'the hash keys in use could not be looked up', { error });
  }
}
