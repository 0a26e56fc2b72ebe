import { inject, onTestFinished } from 'vitest';
import { openStore, type Store } from '#store/database.ts';
import { createTestDatabase } from './test-server.ts';

/** A database of the test's own, migrated and empty; gone when the test is. */
export async function testStore(): Promise<Store> {
  const { url, drop } = await createTestDatabase(inject('postgresUrl'));
  const store = openStore(url);
  onTestFinished(async () => {
    await store.close();
    await drop();
  });
  return store;
}
