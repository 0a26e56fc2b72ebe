import { freePortBlock, processorMs, startNode, untilHealthy, type Child } from './children.ts';
import type { Readings } from './harness.ts';

export interface StartedSandbox {
  child: Child;
  origin: string;
  readings: Readings;
}

/** Starts the sandbox of a checkout and measures until it is healthy, from outside and by its own account. */
export async function startSandbox(
  environment: Record<string, string>,
  directory?: string,
): Promise<StartedSandbox> {
  const port = await freePortBlock();
  const startedAt = performance.now();
  const child = startNode(['bin/sandbox.js', '--json', '--port', `${port}`], environment, directory);
  const origin = `http://localhost:${port}`;
  const healthyMs = await Promise.race([
    untilHealthy(`http://127.0.0.1:${port}/api/health`, startedAt),
    child.line(() => false).then(Number),
  ]);
  const usedMs = processorMs(child.pid);
  const own = /healthy after (\d+) ms/.exec(await child.line((line) => line.includes('healthy after')))?.[1];
  await child.line((line) => line.includes('"event":"ready"'));
  return {
    child,
    origin,
    readings: {
      'health answers 200': healthyMs,
      'by its own account': Number(own),
      ...(usedMs !== undefined && { 'processor time': usedMs }),
    },
  };
}
