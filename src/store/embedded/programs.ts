import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { DropError } from '#domain/errors.ts';
import type { PostgresHome } from './home.ts';

const run = promisify(execFile);

/**
 * Runs one of PostgreSQL's own programs as the server's user.
 *
 * @throws {DropError} `database_unavailable` with what the program said.
 */
export async function runPostgresProgram(
  home: PostgresHome,
  name: 'initdb' | 'pg_ctl',
  parameters: string[],
): Promise<void> {
  const { uid, gid } = home;
  const identity = uid === undefined || gid === undefined ? {} : { uid, gid };
  const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  const program = join(home.binaryDirectory, name);
  await run(program, parameters, { ...identity, env: environment, cwd: home.dataDirectory }).catch(
    (cause: unknown) => {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
      const message = `PostgreSQL: ${name} ${parameters[0]} failed: ${said}`;
      throw new DropError('database_unavailable', { message, cause });
    },
  );
}
