import type { TestProject } from 'vitest/node';
import { buildWebIfStale } from '#sandbox/web-build.ts';
import { startTestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server with the database `template`, migrated. */
    postgresUrl: string;
  }
}

/**
 * One PostgreSQL server for the whole run; every test takes databases of its own from it. The web app, which some tests
 * serve, is built before any of them begins: files run side by side, and two would build into one folder.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server] = await Promise.all([startTestServer(), buildWebIfStale()]);
  project.provide('postgresUrl', server.url);
  return server.stop;
}
