import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Drop's server on mocks and on the database at `url`, as a process of its own, once its log has the line `until`. */
export async function serve(url: string, until: string): Promise<{ origin: string }> {
  // The address in redirects is that of the configuration, so the port must be known before.
  const port = await freePort();
  const child = spawn(process.execPath, ['bin/serve.js'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: url,
      NEXT_PUBLIC_SERVICE_MODE: 'mock',
      DROP_ENVIRONMENT: 'sandbox',
      PORT: `${port}`,
      INTERNAL_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes(`"msg":"${until}"`)) continue;
    child.stdout.resume();
    return { origin: `http://localhost:${port}` };
  }
  throw new Error('the process ended before it served');
}
