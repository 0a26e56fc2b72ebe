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
  const { url, stop } = await (run[key] ??= prepare());
  project.provide('postgresUrl', url);
  return stop;
}

/** Each project loads this file anew. */
const key = Symbol.for('what the test run needs');
const run = globalThis as { [key]?: Promise<{ url: string; stop: () => Promise<void> }> };

async function prepare(): Promise<{ url: string; stop: () => Promise<void> }> {
  const [server] = await Promise.all([startTestServer(), buildWebIfStale()]);
  let stopping: Promise<void> | undefined;
  return { url: server.url, stop: () => (stopping ??= server.stop()) };
}
