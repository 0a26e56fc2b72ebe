import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newScratchDirectory } from './scratch.ts';

/** A line that the sandbox tells with `--json`. */
export interface SandboxEvent {
  event: 'done' | 'warning' | 'ready' | 'stopping' | 'stopped' | 'failed';
  [detail: string]: unknown;
}

export interface RunningSandbox {
  appOrigin: string;
  /** Metrics and the full health. */
  internalOrigin: string;
  /** By name. */
  emulators: Record<string, string>;
  dataDirectory: string;
  events: SandboxEvent[];
  process: ChildProcess;
  /** Calls the control plane. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown>;
  /** As Ctrl-C does; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Stops and forgets what it left on disk. */
  remove(): Promise<void>;
}

/** An empty directory for one sandbox. */
export async function newDataDirectory(): Promise<string> {
  return newScratchDirectory('drop-sandbox-');
}

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface SandboxStart {
  parameters?: string[];
  dataDirectory?: string;
  /** The repository whose sandbox it is; this one by default. */
  directory?: string;
  environment?: Record<string, string>;
}

/** Starts the sandbox as a process of its own, on free ports, with a data directory of its own. */
export async function startSandbox(start: SandboxStart = {}): Promise<RunningSandbox> {
  const dataDirectory = start.dataDirectory ?? (await newDataDirectory());
  const launched = launchSandbox({ ...start, dataDirectory });
  const ready = await launched.until('ready');
  const { appOrigin, internalOrigin, emulators, controlOrigin, controlToken } = ready as unknown as {
    appOrigin: string;
    internalOrigin: string;
    emulators: Record<string, string>;
    controlOrigin: string;
    controlToken: string;
  };
  return {
    appOrigin,
    internalOrigin,
    emulators,
    dataDirectory,
    events: launched.events,
    process: launched.process,
    async control(method, path, body) {
      const response = await fetch(`${controlOrigin}/__sandbox${path}`, {
        method,
        headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`control plane: ${response.status} ${await response.text()}`);
      return response.status === 204 ? undefined : response.json();
    },
    stop: launched.stop,
    async remove() {
      await launched.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

export interface LaunchedSandbox {
  process: ChildProcess;
  events: SandboxEvent[];
  /** Rejects when the process ends before. */
  until(event: SandboxEvent['event']): Promise<SandboxEvent>;
  /** The exit code, once it has ended by itself or by a signal. */
  ended: Promise<number | null>;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts the process without waiting for anything. */
export function launchSandbox(start: SandboxStart & { dataDirectory: string }): LaunchedSandbox {
  const { parameters = [], environment = {}, dataDirectory, directory = root } = start;
  const child = spawn(process.execPath, ['bin/sandbox.js', '--json', '--port', '0', ...parameters], {
    cwd: directory,
    env: { PATH: process.env['PATH'], DROP_DATA_DIR: dataDirectory, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: SandboxEvent[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as SandboxEvent);
    for (const wake of waiting) wake();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    process: child,
    events,
    ended,
    async until(event) {
      let isOver = false;
      void ended.then(() => (isOver = true));
      for (;;) {
        const found = events.find((each) => each.event === event);
        if (found) return found;
        if (isOver) throw new Error(`the sandbox ended: ${JSON.stringify(events.at(-1))} ${errors}`);
        await Promise.race([new Promise<void>((resolve) => waiting.add(resolve)), ended]);
      }
    },
    async stop(signal = 'SIGINT') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
  };
}
