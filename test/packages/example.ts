import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface RunningExample {
  /** The next line that it writes; undefined once it has ended. */
  nextLine(): Promise<string | undefined>;
}

/** Starts the program at `path` with no more than `environment`; it ends with the test. */
export function runExample(path: string, environment: Record<string, string>): RunningExample {
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(process.execPath, [path], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async nextLine() {
      const { value, done } = await lines.next();
      return done === true ? undefined : value;
    },
  };
}

/** Everything that it writes until it ends. */
export async function linesOf(example: RunningExample): Promise<string[]> {
  const lines: string[] = [];
  for (let line = await example.nextLine(); line !== undefined; line = await example.nextLine())
    lines.push(line);
  return lines;
}
