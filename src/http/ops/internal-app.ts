import { Hono } from 'hono';
import type { HealthReport } from '../health.ts';

/** The sources of the internal listener's answers. */
export interface InternalDependencies {
  health(): Promise<HealthReport>;
  /** Prometheus' text format. */
  metrics(): Promise<string>;
}

const prometheusType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * The routes of the internal listener, for monitoring and operators: metrics, and the health with the version and the
 * state of each provider. The public listener tells none of these.
 */
export function createInternalApp({ health, metrics }: InternalDependencies): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
  });
  app.get('/metrics', async (c) => c.body(await metrics(), 200, { 'content-type': prometheusType }));
  app.get('/api/health/live', (c) => c.json({ live: true }));
  app.get('/api/health/ready', async (c) => {
    const { ready } = await health();
    return c.json({ ready }, ready ? 200 : 503);
  });
  app.get('/api/health', async (c) => {
    const report = await health();
    return c.json(report, report.status === 'ok' ? 200 : 503);
  });
  return app;
}

/** What the internal listener answers while Drop starts: that the process lives, and that it is not ready. */
export function createStartingApp(): Hono {
  const app = new Hono();
  app.get('/api/health/live', (c) => c.json({ live: true }));
  app.get('/api/health/ready', (c) => c.json({ ready: false }, 503));
  app.notFound((c) => c.text('starting', 503, { 'retry-after': '1' }));
  return app;
}
