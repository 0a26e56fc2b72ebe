import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));

const healthyMsMax = 120_000;
const pollMs = 5;
const stopMsMax = 20_000;

/** A process that is measured. Its standard output is read line by line as it comes. */
export interface Child {
  pid: number;
  lines: string[];
  /** Resolves with the first line, past or coming, that `wanted` accepts. */
  line(wanted: (line: string) => boolean): Promise<string>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Asks every process that is left to stop, and waits for it. */
export async function stopChildren(): Promise<void> {
  await Promise.all([...running].map(stopChild));
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGINT');
  const isGone = await Promise.race([exited.then(() => true), pause(stopMsMax, false, { ref: false })]);
  if (!isGone) child.kill('SIGKILL');
  await exited;
}

/** What a measured process knows of ours: not whatever else the shell has set. */
const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: process.env['LANG'] };

/** Starts `node <parameters>` at the root of the repository, or of another checkout of it. */
export function startNode(
  parameters: readonly string[],
  environment: Record<string, string> = {},
  directory = root,
): Child {
  const child = spawn(process.execPath, parameters, {
    cwd: directory,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const exited = once(child, 'exit').finally(() => running.delete(child));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  return {
    pid: child.pid ?? 0,
    lines,
    async line(wanted) {
      const found = Promise.withResolvers<string>();
      const look = (): void => {
        const line = lines.find(wanted);
        if (line !== undefined) found.resolve(line);
      };
      waiting.add(look);
      look();
      const ended = exited.then(() => {
        throw new Error(`${parameters.join(' ')} ended early:\n${lines.join('\n')}`);
      });
      ended.catch(() => undefined);
      return Promise.race([found.promise, ended]).finally(() => waiting.delete(look));
    },
    stop: () => stopChild(child),
  };
}

/** Polls until `url` answers 200; resolves with the milliseconds since `startedAt`. */
export async function untilHealthy(url: string, startedAt: number): Promise<number> {
  for (;;) {
    const status = await fetch(url).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    const elapsedMs = performance.now() - startedAt;
    if (status === 200) return elapsedMs;
    if (elapsedMs > healthyMsMax) throw new Error(`${url} answers ${status} after ${healthyMsMax} ms`);
    await pause(pollMs);
  }
}

/** A port such that it and those ten, twenty … above it, as many as the sandbox takes, are free. */
export async function freePortBlock(): Promise<number> {
  for (let port = 21_000 + (process.pid % 100) * 200; port < 60_000; port += 200) {
    const wanted = Array.from({ length: 15 }, (_, index) => port + index * 10);
    const free = await Promise.all(wanted.map(isFree));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no free ports');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const answer = Promise.withResolvers<boolean>();
  server.once('error', () => answer.resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => answer.resolve(true)));
  return answer.promise;
}

/** Resident memory in MB (a million bytes). */
export function residentMB(pid: number): number {
  const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' });
  return (Number(kibibytes) * 1_024) / 1_000_000;
}

const ticksPerSecond = 100;

/** Processor time that a process has used, in milliseconds; undefined where there is no `/proc`. */
export function processorMs(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name, which may hold anything: fields 14 and 15, user and system time in ticks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
  } catch {
    return undefined;
  }
}
