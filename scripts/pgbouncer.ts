import { delimiter, join } from 'node:path';
import { answers, installFromDebian, isExecutable } from './debian.ts';

/** The PgBouncer for the tests behind a pooler: `PGBOUNCER_PATH`, else the first on `PATH` that answers. */
export function findPgBouncer(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment['PGBOUNCER_PATH'];
  if (given) return given;
  const folders = [...(environment['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  const candidates = folders.map((folder) => join(folder, 'pgbouncer'));
  return candidates.find((path) => isExecutable(path) && answers(path));
}

/** Finds PgBouncer or, where Debian's package can be installed without asking, installs it. */
export function ensurePgBouncer(): string | undefined {
  return findPgBouncer() ?? (installFromDebian('pgbouncer') ? findPgBouncer() : undefined);
}
