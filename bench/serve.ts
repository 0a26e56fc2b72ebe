import { freePortBlock, processorMs, startNode, untilHealthy } from './children.ts';
import type { StartedSandbox } from './sandbox.ts';

/** A server, and where its internal listener is. */
export interface StartedServer extends StartedSandbox {
  internalOrigin: string;
}

/** Starts the server alone, in mock mode, on a database that is up, and measures until it is healthy. */
export async function startServer(databaseUrl: string): Promise<StartedServer> {
  const port = await freePortBlock();
  const startedAt = performance.now();
  const child = startNode(['bin/serve.js'], {
    DATABASE_URL: databaseUrl,
    NEXT_PUBLIC_SERVICE_MODE: 'mock',
    DROP_ENVIRONMENT: 'sandbox',
    HOST: '127.0.0.1',
    PORT: `${port}`,
    INTERNAL_PORT: '0',
  });
  const origin = `http://127.0.0.1:${port}`;
  const healthyMs = await Promise.race([
    untilHealthy(`${origin}/api/health`, startedAt),
    child.line(() => false).then(Number),
  ]);
  const usedMs = processorMs(child.pid);
  const serving = await child.line((line) => line.includes('Drop is serving'));
  return {
    child,
    origin,
    internalOrigin: /http:\/\/[\d.]+:\d+/.exec(serving.split('internalAddress')[1] ?? '')?.[0] ?? '',
    readings: {
      'health answers 200': healthyMs,
      ...(usedMs !== undefined && { 'processor time': usedMs }),
    },
  };
}
