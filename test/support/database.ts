import { inject, onTestFinished } from 'vitest';
import { openStore, type Store } from '#store/database.ts';
import { createTestDatabase } from './test-server.ts';

/** A database of the test's own, migrated and empty; gone when the test is. */
export async function testStore(): Promise<Store> {
  return storeOf(await createTestDatabase(inject('postgresUrl')));
}

/** The same without a single table. */
export async function storeWithoutTables(): Promise<Store> {
  return storeOf(await createTestDatabase(inject('postgresUrl'), 'template0'));
}

function storeOf({ url, drop }: { url: string; drop(): Promise<void> }): Store {
  const store = openStore(url);
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  return store;
}
