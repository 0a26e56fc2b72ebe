import { randomUUID } from 'node:crypto';
import { DropError } from '#domain/errors.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { ProviderSecrets, SecretState } from '#services/open-banking/secret-state.ts';
import {
  endLease,
  findSecrets,
  secretsPlace,
  writeSecrets,
  type SecretOwner,
} from '#store/provider-secrets.ts';
import type { UseCaseContext } from '../context.ts';
import { inTurn, leaseMs } from './secret-turn.ts';

/** What the secrets of consents and payments stand on. */
export type SecretContext = Pick<UseCaseContext, 'store' | 'clock' | 'sealer' | 'log'>;

/** The provider's calls end this long before the lease does, so that no two holders call at once. */
const marginMs = 5_000;
/** A rotated token that is not stored is a lost consent, so a database that fails over is waited for. */
const writeAgainMs: readonly number[] = [100, 500, 2_000, 5_000];

/** The secrets of one consent or payment. */
export function secretStateOf(context: SecretContext, owner: SecretOwner): SecretState {
  return {
    async read() {
      const sealed = await findSecrets(context.store.database, owner, context.clock.now());
      return opened(context, owner, sealed);
    },
    async change(update) {
      const holder = randomUUID();
      return inTurn(context, { owner, holder }, async (sealed) => {
        try {
          const latest = opened(context, owner, sealed);
          const next = await withDeadline(leaseMs - marginMs, context.clock, () => update(latest));
          if (next) await write(context, owner, { holder, secrets: next });
          else await giveUp(context, owner, holder);
          return next ?? latest;
        } catch (error) {
          await giveUp(context, owner, holder);
          throw error;
        }
      });
    },
  };
}

function opened(
  { sealer }: SecretContext,
  owner: SecretOwner,
  sealed: string | undefined,
): ProviderSecrets | undefined {
  if (sealed === undefined) return undefined;
  return JSON.parse(sealer.open(sealed, secretsPlace(owner))) as ProviderSecrets;
}

async function write(
  context: SecretContext,
  owner: SecretOwner,
  { holder, secrets }: { holder: string; secrets: ProviderSecrets },
): Promise<void> {
  const sealed = context.sealer.seal(JSON.stringify(secrets), secretsPlace(owner));
  for (const againMs of writeAgainMs) {
    try {
      return await writeOnce(context, owner, { holder, sealed });
    } catch (error) {
      if (error instanceof DropError) throw error;
      const details = { kind: owner.kind, id: owner.id, error };
      context.log('warn', 'the secrets of a provider could not be stored; it is tried again', details);
      await new Promise<void>((resolve) => context.clock.schedule(againMs, resolve));
    }
  }
  await writeOnce(context, owner, { holder, sealed });
}

async function writeOnce(
  { store, clock }: SecretContext,
  owner: SecretOwner,
  { holder, sealed }: { holder: string; sealed: string },
): Promise<void> {
  const outcome = await writeSecrets(store.database, owner, { holder, sealed, at: clock.now() });
  // What has ended keeps no secrets, so nothing is lost.
  if (outcome !== 'taken_over') return;
  const message = `the change of a ${owner.kind}'s secrets took so long that another one has taken its turn`;
  throw new DropError('internal_error', { message });
}

/** A lease that cannot be ended now runs out. */
async function giveUp({ store }: SecretContext, owner: SecretOwner, holder: string): Promise<void> {
  await endLease(store.database, owner, holder).catch(() => undefined);
}
