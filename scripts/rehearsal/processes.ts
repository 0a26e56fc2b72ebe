import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

type Environment = Record<string, string>;

/** A Drop that serves. */
export interface ServingDrop {
  /** Every line of its log so far. */
  lines: readonly string[];
  /** Ends it by SIGTERM; resolves with its exit code. */
  stop(): Promise<unknown>;
}

/** Starts `bin/serve.js`; resolves when its log says that scheduled work has begun. */
export async function startServing(root: string, environment: Environment): Promise<ServingDrop> {
  const child = spawn(process.execPath, ['bin/serve.js'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const begun = Promise.withResolvers<undefined>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    if (line.includes('scheduled work has begun')) begun.resolve(undefined);
  });
  const ended = once(child, 'exit');
  void ended.then(([code]) => begun.reject(new Error(`Drop ended with ${String(code)} before it served`)));
  await begun.promise;
  return {
    lines,
    async stop() {
      child.kill('SIGTERM');
      const [code] = (await ended) as [unknown];
      return code;
    },
  };
}

/** Starts the emulators behind TLS; resolves with the variables that point Drop at them. */
export async function startSecuredEmulators(
  root: string,
  parameters: readonly string[],
  environment: Environment,
): Promise<{ variables: Environment; child: ChildProcess }> {
  const child = spawn(process.execPath, ['scripts/rehearsal/emulators.ts', ...parameters], {
    cwd: root,
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout }))
    return { variables: JSON.parse(line) as Environment, child };
  throw new Error('the emulators ended before they were ready');
}

/** Runs a program of the repository to its end and returns what it printed; throws where it ends with another code. */
export function ran(root: string, words: readonly string[], environment: Environment): string {
  return execFileSync(process.execPath, words, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  });
}
