import type { Connection } from '#http/contract/banks.ts';

/** Active consents, and for each bank without one, the newest expired consent. */
export function currentConnections(connections: Connection[]): Connection[] {
  const activeBanks = new Set(connections.filter(isActive).map(({ bankId }) => bankId));
  const newest = new Map<string, Connection>();
  for (const connection of [...connections].sort(byAge)) {
    if (connection.status === 'expired' && !activeBanks.has(connection.bankId)) {
      newest.set(connection.bankId, connection);
    }
  }
  return connections.filter(
    (connection) => isActive(connection) || newest.get(connection.bankId) === connection,
  );
}

/** Consents that have ended. Consents that were never given are left out. */
export function earlierConnections(connections: Connection[]): Connection[] {
  const current = new Set(currentConnections(connections));
  return connections.filter(
    (connection) =>
      !current.has(connection) && (connection.status === 'expired' || connection.status === 'revoked'),
  );
}

function isActive({ status }: Connection): boolean {
  return status === 'active';
}

function byAge(left: Connection, right: Connection): number {
  return left.createdAt.localeCompare(right.createdAt);
}
