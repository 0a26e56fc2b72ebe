import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { openStore, type Store } from '#store/database.ts';

/** A database of the test's own, migrated and empty; gone when the test is. */
export async function testStore(): Promise<Store> {
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name} template template`);
  const store = openStore(server.replace(/\/postgres$/, `/${name}`));
  onTestFinished(async () => {
    await store.close();
    await administer(server, `drop database ${name} with (force)`);
  });
  return store;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
