import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs TypeScript in a process of its own that has Drop's imports. Its standard output is a pipe. */
export function runProgram(source: string): { child: ChildProcess; ended: Promise<number | null> } {
  const parameters = ['--input-type=module-typescript', '--eval', source];
  const child = spawn(process.execPath, parameters, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  // Not `close`, which waits for a reader of the pipe.
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
}
