import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { freePortBlock, startNode, untilHealthy, type Child } from '../children.ts';
import { openContext, type Surroundings } from '../open-banking/context.ts';
import type { UseCaseContext } from '../../src/usecases/context.ts';
import { startBalancer, type Balancer } from './balancer.ts';

/** A process of Drop's that serves. */
export interface Served extends Child {
  origin: string;
  port: number;
}

/** Emulators in a process of their own, and a database; processes of Drop's come and go. */
export interface Stage {
  surroundings: Surroundings;
  context: UseCaseContext;
  pool: pg.Pool;
  emulators: Child;
  /** Where banks send customers back. */
  callbackUrl: string;
  /** Starts so many processes of Drop's on the database, to which banks send their webhooks from now on. */
  serve(count: number, variables?: Surroundings): Promise<Served[]>;
  stop(): Promise<void>;
}

/** `databaseUrl` names an empty database. */
export async function openStage(databaseUrl: string): Promise<Stage> {
  await migrate(databaseUrl);
  const emulators = startNode(['bench/open-banking/emulators.ts']);
  const environment = JSON.parse(await emulators.line((line) => line.startsWith('{'))) as Surroundings;
  const NATIONAL_ID_HASH_KEY = randomBytes(32).toString('base64');
  const surroundings = { ...environment, NATIONAL_ID_HASH_KEY, DATABASE_URL: databaseUrl };
  const context = await openContext(surroundings);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const balancer = await startBalancer(Number(environment['PORT']));
  return {
    surroundings,
    context,
    pool,
    emulators,
    callbackUrl: context.bankCallbackUrlAt('enable-banking'),
    serve: (count, variables) => serveAll({ ...surroundings, ...variables }, balancer, count),
    async stop() {
      balancer.close();
      await Promise.all([context.store.close(), context.services.close(1_000), pool.end()]);
      await emulators.stop();
    },
  };
}

async function serveAll(surroundings: Surroundings, balancer: Balancer, count: number): Promise<Served[]> {
  const served: Served[] = [];
  const first = await freePortBlock();
  for (let index = 0; index < count; index += 1)
    served.push(await serveOne(surroundings, first + index * 10));
  balancer.serve(served.map(({ port }) => port));
  return served;
}

async function serveOne(surroundings: Surroundings, port: number): Promise<Served> {
  const child = startNode(['bin/serve.js'], {
    ...surroundings,
    DROP_ENVIRONMENT: 'sandbox',
    BASE_URL: `http://localhost:${surroundings['PORT']}`,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    INTERNAL_PORT: '0',
  });
  const origin = `http://127.0.0.1:${port}`;
  await Promise.race([untilHealthy(`${origin}/api/health`, performance.now()), child.line(() => false)]);
  return { ...child, origin, port };
}
