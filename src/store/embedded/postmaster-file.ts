import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#domain/clock.ts';

/** The status that a running PostgreSQL server writes to its data directory. */
export interface Postmaster {
  /** Unique to each start. */
  identity: string;
  port: number;
  isReady: boolean;
}

const pollMs = 3;

/** Reads `postmaster.pid` (PostgreSQL, `src/include/utils/pidfile.h`); undefined when there is none. */
export async function readPostmaster(clusterDirectory: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(clusterDirectory, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid = '', , startedAt = '', port = '', , , , status = ''] = text.split('\n');
  return { identity: `${pid} ${startedAt}`, port: Number(port), isReady: status.trim() === 'ready' };
}

export interface Watch {
  /** Resolves when a server other than `before` reports that it accepts connections. */
  ready: Promise<void>;
  stop(): void;
}

/** Polls every few milliseconds. `pg_ctl --wait` polls every 100 ms, which is longer than a start takes. */
export function watchPostmaster(
  clusterDirectory: string,
  before: Postmaster | undefined,
  clock: Clock,
): Watch {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let isStopped = false;

  async function look(): Promise<void> {
    const found = await readPostmaster(clusterDirectory);
    if (found?.isReady === true && found.identity !== before?.identity) resolve(undefined);
    else if (!isStopped) clock.schedule(pollMs, () => void look());
  }

  void look();
  return {
    ready: promise,
    stop() {
      isStopped = true;
    },
  };
}
