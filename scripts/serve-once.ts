import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const startMsMax = 60_000;
const stopMsMax = 40_000;

export interface Server {
  /** The Node that starts it. */
  node: string;
  /** `bin/serve.js` of an installation. */
  program: string;
  /** The directory that it runs in. */
  root: string;
}

/** Starts the server with a file of variables, asks for its health, and ends it. Resolves with what went wrong. */
export async function serveOnce({ node, program, root }: Server): Promise<string | undefined> {
  const directory = mkdtempSync(join(tmpdir(), 'drop-serve-'));
  const variables = join(directory, '.env');
  writeFileSync(
    variables,
    [
      'PORT=0',
      'NEXT_PUBLIC_SERVICE_MODE=mock',
      'DROP_ENVIRONMENT=sandbox',
      `DROP_DATA_DIR=${join(directory, 'data')}`,
    ].join('\n'),
  );
  const child = spawn(node, [`--env-file=${variables}`, program], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const limit = AbortSignal.timeout(startMsMax + stopMsMax);
  limit.addEventListener('abort', () => void child.kill('SIGKILL'));
  try {
    const serving = await servingLine(createInterface({ input: child.stdout }));
    if (serving === undefined) return said.trim().slice(0, 500) || 'it ended before it served';
    const { status } = await fetch(`http://127.0.0.1:${serving.port}/api/health`);
    child.kill('SIGTERM');
    const code = await ended;
    if (status !== 200) return `its health answers ${status}`;
    return code === 0 ? undefined : `it ended with ${code ?? 'a signal'} after SIGTERM`;
  } finally {
    child.kill('SIGKILL');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  }
}

async function servingLine(lines: AsyncIterable<string>): Promise<{ port: number } | undefined> {
  for await (const line of lines) {
    if (line.includes('"Drop is serving"')) return JSON.parse(line) as { port: number };
  }
  return undefined;
}
