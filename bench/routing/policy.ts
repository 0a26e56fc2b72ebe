import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/domain/clock.ts';
import type { Move, RoutingPolicy } from '../../src/domain/routing/policy.ts';
import { openBankingProviders } from '../../src/services/open-banking/providers.ts';
import type { Store } from '../../src/store/database.ts';
import { addRoutingChange, currentRouting } from '../../src/store/routing/changes.ts';

export const [{ id: home }, { id: next }] = openBankingProviders;

export const policyWith = (move: Partial<Move>): RoutingPolicy => ({
  salt: 'bench',
  home,
  moves: [{ to: next, whom: 'everyone', sharePercent: 50, ...move }],
});

/** Puts a policy in force, or with undefined the environment alone. */
export async function inForce({ database }: Store, policy: RoutingPolicy | undefined): Promise<void> {
  const { version } = await currentRouting(database);
  const change = { kind: 'apply', restores: undefined, by: 'bench', reason: 'bench' } as const;
  const next = { ...change, version: version + 1, policy, at: systemClock.now() };
  await addRoutingChange(database, next, randomUUID());
}
