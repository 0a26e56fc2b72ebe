import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { systemClock } from '#domain/clock.ts';

export interface RunningHost {
  /** Sends SIGTERM; resolves with the exit code, which is null when the process had to be killed. */
  stop(): Promise<number | null>;
}

export interface HostStart {
  /** The program of Node, and its parameters. */
  command: readonly string[];
  directory: string;
  environment: Readonly<Record<string, string>>;
  /** In the line that it writes when it serves. */
  ready: RegExp;
}

const stopMsMax = 20_000;

/** Starts a process of Node that Drop is mounted in, and waits until it serves. Rejects when it ends before that. */
export async function startHost({ command, directory, environment, ready }: HostStart): Promise<RunningHost> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...command], {
    cwd: directory,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout });
  const serves = new Promise<undefined>((resolve) => {
    lines.on('line', (line) => {
      if (ready.test(line)) resolve(undefined);
    });
  });
  const code = await Promise.race([serves, ended]);
  if (code !== undefined) throw new Error(`the host ended with ${code} before it served: ${errors}`);
  return {
    async stop() {
      child.kill('SIGTERM');
      const late = systemClock.schedule(stopMsMax, () => child.kill('SIGKILL'));
      return ended.finally(() => late.cancel());
    },
  };
}
