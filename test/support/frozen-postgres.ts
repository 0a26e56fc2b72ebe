import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { postgresHome } from '#store/embedded/home.ts';
import { startEmbeddedPostgres } from '#store/embedded/postgres.ts';
import { newScratchDirectory } from './scratch.ts';

const run = promisify(execFile);

/** A PostgreSQL server of the test's own, whose processes can be stopped: it then accepts connections and is silent. */
export interface FreezablePostgres {
  url: string;
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

export async function freezablePostgres(): Promise<FreezablePostgres> {
  const directory = await newScratchDirectory('drop-frozen-');
  const server = await startEmbeddedPostgres(directory);
  const { clusterDirectory } = await postgresHome(directory);
  const [pid = ''] = (await readFile(join(clusterDirectory, 'postmaster.pid'), 'utf8')).split('\n');
  const signal = async (name: 'SIGSTOP' | 'SIGCONT'): Promise<void> => {
    process.kill(Number(pid), name);
    const { stdout } = await run('pgrep', ['-P', pid]);
    for (const child of stdout.trim().split('\n')) signalIfThere(Number(child), name);
  };
  const thaw = (): Promise<void> => signal('SIGCONT');
  onTestFinished(async () => {
    await thaw();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });
  return { url: server.url, thaw, freeze: () => signal('SIGSTOP') };
}

function signalIfThere(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
