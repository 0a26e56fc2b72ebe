import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { JobTiming } from '#jobs/timing.ts';
import type { Store } from '#store/database.ts';
import { quickTiming } from './quick.ts';

const program = fileURLToPath(new URL('worker-process.ts', import.meta.url));

export interface Worker {
  /** The lines that it has told so far, in order. */
  told: readonly string[];
  /** Waits until it has told all of `lines`. */
  tells(lines: readonly string[]): Promise<void>;
  /** Ends it by a signal; resolves with what it was ended by, or the code it ended itself with. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<string | number | null>;
}

/** A process that does the jobs; with `holds` one that never gets done with any. */
export function startWorker(
  { url }: Store,
  { holds = false, timing = quickTiming }: { holds?: boolean; timing?: JobTiming },
): Worker {
  const env = { DATABASE_URL: url, TIMING: JSON.stringify(timing), HOLDS: holds ? 'yes' : 'no' };
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const told: string[] = [];
  const lines = createInterface({ input: child.stdout }).on('line', (line) => told.push(line));
  return {
    told,
    async tells(wanted) {
      while (!wanted.every((line) => told.includes(line))) await once(lines, 'line');
    },
    async end(signal) {
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code, endedBy] = (await ended) as [number | null, string | null];
      return endedBy ?? code;
    },
  };
}
