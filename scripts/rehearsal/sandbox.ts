import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A sandbox on a database of its own. */
export interface Sandbox {
  origin: string;
  stop(): Promise<void>;
}

/** Starts the sandbox on the database at `url`. Its keys are in `dataDirectory`. */
export async function startSandbox(url: string, dataDirectory: string): Promise<Sandbox> {
  const child = spawn(process.execPath, ['bin/sandbox.js', '--json', '--port', '0'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DROP_DATA_DIR: dataDirectory,
      DATABASE_URL: url,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, appOrigin = '', message = '' } = JSON.parse(line) as Record<string, string>;
    if (event === 'failed') throw new Error(message);
    if (event !== 'ready') continue;
    child.stdout.resume();
    return {
      origin: appOrigin,
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('the sandbox ended before it was ready');
}
