import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Ran {
  code: number | null;
  output: string;
  errors: string;
}

/** Runs the real program; its environment contains only Drop's data directory and `environment`. */
export async function drop(parameters: readonly string[], environment: Record<string, string>): Promise<Ran> {
  const child = spawn(process.execPath, ['bin/drop.js', ...parameters], {
    cwd: root,
    env: { PATH: process.env['PATH'], DROP_DATA_DIR: '/nonexistent/drop', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill());
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output, errors };
}

/** The lines printed with `--json`. */
export function linesOf({ output }: Ran): unknown[] {
  const lines = output.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as unknown);
}
