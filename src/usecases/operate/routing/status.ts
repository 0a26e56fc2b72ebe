import type { RoutingPolicy } from '#domain/routing/policy.ts';
import { listRoutingChanges, type RoutingChange } from '#store/routing/changes.ts';
import { knownBanks, providerUsage, type ProviderUsage } from '#store/routing/usage.ts';
import type { OperatorContext } from '../context.ts';

/** A consent that has been pending for longer was abandoned. */
const abandonedMs = 86_400_000;

export interface RoutingStatus {
  /** 0 where the environment alone decides and always has. */
  version: number;
  policy: RoutingPolicy | undefined;
  /** The newest first. */
  changes: RoutingChange[];
  /** Every provider that still serves something. */
  usage: ProviderUsage[];
  /** The names of banks by their keys. */
  banks: Record<string, string>;
}

/** The routing as it is in force, its last changes, and what each provider still serves. */
export async function routingStatus(
  { store, clock }: OperatorContext,
  { changes: limit }: { changes: number },
): Promise<RoutingStatus> {
  const now = clock.now();
  const changes = await listRoutingChanges(store.database, limit);
  const [newest] = changes;
  return {
    version: newest?.version ?? 0,
    policy: newest?.policy,
    changes,
    usage: await providerUsage(store.database, { now, pendingSince: new Date(now.getTime() - abandonedMs) }),
    banks: Object.fromEntries(await knownBanks(store.database)),
  };
}
