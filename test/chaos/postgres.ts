import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { postgresHome } from '#store/embedded/home.ts';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';

const run = promisify(execFile);

export interface OwnPostgres {
  url: string;
  /** Ends it as a crash does, without a checkpoint, and starts it on the same port. */
  crash(): Promise<void>;
  /** Resolves when no crash is under way. */
  up(): Promise<void>;
  remove(): Promise<void>;
}

/** A PostgreSQL server of the test's own, which may crash. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'drop-chaos-'));
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres(directory);
  const { binaryDirectory, clusterDirectory, uid, gid } = await postgresHome(directory);
  const identity = uid === undefined || gid === undefined ? {} : { uid, gid };
  const parameters = ['restart', '--mode=immediate', '--wait', '--silent', `--pgdata=${clusterDirectory}`];
  let crashing: Promise<unknown> = Promise.resolve();
  return {
    url: server.url,
    async crash() {
      crashing = run(
        join(binaryDirectory, 'pg_ctl'),
        [...parameters, `--log=${clusterDirectory}/server.log`],
        {
          ...identity,
          env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
          cwd: clusterDirectory,
        },
      );
      await crashing;
    },
    async up() {
      await crashing;
    },
    async remove() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
