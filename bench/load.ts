import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { processorMs } from './children.ts';
import type { Readings } from './harness.ts';

const run = promisify(execFile);
const autocannon = fileURLToPath(new URL('node_modules/autocannon/autocannon.js', import.meta.url));
export const connections = 32;
export const loadSeconds = 3;

interface Result {
  requests: { average: number; total: number };
  non2xx: number;
  errors: number;
}

/** Says what is missing before anything is measured. */
export function assertLoadGenerator(): void {
  if (!existsSync(autocannon)) throw new Error('autocannon is not installed: npm ci --prefix bench');
}

/** Asks `url` as fast as it answers, from a process of its own. */
export async function load(target: {
  url: string;
  cookie?: string;
  pid: number;
  connections?: number;
  seconds?: number;
}): Promise<Readings> {
  const { url, cookie, pid } = target;
  const [atOnce, seconds] = [target.connections ?? connections, target.seconds ?? loadSeconds];
  const parameters = [autocannon, '--json', '-c', `${atOnce}`, '-d', `${seconds}`];
  if (cookie !== undefined) parameters.push('-H', `cookie: ${cookie}`);
  const before = processorMs(pid);
  const { stdout } = await run(process.execPath, [...parameters, url]);
  const after = processorMs(pid);
  const result = JSON.parse(stdout) as Result;
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} answers other than 2xx, ${result.errors} errors`);
  }
  const usedUs = before === undefined || after === undefined ? undefined : (after - before) * 1000;
  return {
    'requests/s': result.requests.average,
    ...(usedUs !== undefined && { 'µs of processor a request': usedUs / result.requests.total }),
  };
}
