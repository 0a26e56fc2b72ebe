import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import type { Queries } from '#store/database.ts';
import { addActEntry, type ActEntry } from '#store/operator-act-entries.ts';

/** The operator who acts, and why, where they said so. */
export interface Actor {
  actorName: string;
  reason?: string | undefined;
}

/** Keeps what an operator does in the audit trail, for acts that no table records. */
export async function recordAct(
  queries: Queries,
  { clock, entropy }: { clock: Clock; entropy: Entropy },
  { actorName, reason, ...what }: Actor & Pick<ActEntry, 'act' | 'about'>,
): Promise<void> {
  const entry = { id: entropy.uuid(), at: clock.now(), salt: entropy.token() };
  await addActEntry(queries, { ...entry, ...what, operator: actorName, reason });
}
