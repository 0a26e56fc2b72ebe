import type { Connection } from '#http/contract/banks.ts';

/** A bank with its current consents, the newest first. */
export interface LinkedBank {
  bankId: string;
  consents: readonly [Connection, ...Connection[]];
}

/** Each bank once, with its active consents; a bank without one with its newest expired consent. */
export function linkedBanks(connections: Connection[]): LinkedBank[] {
  const banks = new Map<string, Connection[]>();
  for (const connection of [...connections].sort(newestFirst)) {
    const kept = banks.get(connection.bankId) ?? [];
    if (isActive(connection)) banks.set(connection.bankId, [...kept.filter(isActive), connection]);
    if (connection.status === 'expired' && kept.length === 0) banks.set(connection.bankId, [connection]);
  }
  return [...banks].flatMap(([bankId, [newest, ...older]]) =>
    newest ? [{ bankId, consents: [newest, ...older] as const }] : [],
  );
}

function isActive({ status }: Connection): boolean {
  return status === 'active';
}

function newestFirst(left: Connection, right: Connection): number {
  return right.createdAt.localeCompare(left.createdAt);
}
