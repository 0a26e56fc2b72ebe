import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { prepareDatabase } from '#process/prepare-database.ts';
import { openStore } from '#store/database.ts';
import { checkAddresses } from '#usecases/operate/database-addresses.ts';
import { storeWithoutTables, testStore } from '../support/database.ts';

const nowhere = 'postgres://drop:secret@127.0.0.1:1/drop';

const otherDatabase = {
  code: 'configuration_invalid',
  message: expect.stringContaining('DATABASE_DIRECT_URL leads to another database') as unknown,
};

/** The same database under another spelling of its address, as it is behind a pooler. */
const respelled = (url: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}fallback_application_name=x`;

const withDatabase = (url: string, name: string): string => {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
};

test('two addresses of one database are accepted', async () => {
  const { url } = await testStore();
  await expect(checkAddresses({ url, directUrl: respelled(url) })).resolves.toBeUndefined();
});

test('a direct address that leads to another database of the same server is refused', async () => {
  const [{ url }, other] = [await testStore(), await storeWithoutTables()];
  await expect(checkAddresses({ url, directUrl: other.url })).rejects.toMatchObject(otherDatabase);
});

test.each([
  ['DATABASE_URL', (url: string) => ({ url: nowhere, directUrl: url })],
  ['DATABASE_DIRECT_URL', (url: string) => ({ url, directUrl: nowhere })],
])(
  '%s at which nothing answers is named, with its host and port and without its password',
  async (name, at) => {
    const { url } = await testStore();
    const reason = 'connect ECONNREFUSED 127.0.0.1:1';
    const message = `${name} leads to 127.0.0.1 port 1, where PostgreSQL does not answer: ${reason}.`;
    await expect(checkAddresses(at(url))).rejects.toMatchObject({ code: 'database_unavailable', message });
  },
);

test('an address whose database does not exist is named, with what PostgreSQL says', async () => {
  const { url } = await testStore();
  await expect(
    checkAddresses({ url, directUrl: withDatabase(url, 'no_such_database') }),
  ).rejects.toMatchObject({
    code: 'configuration_invalid',
    message: expect.stringMatching(
      /^DATABASE_DIRECT_URL leads to .*, where Drop was refused: database "no_such_database" does not exist\.$/,
    ) as unknown,
  });
});

test('a start with addresses of two databases is refused before anything is written', async () => {
  const [{ url }, other] = [await testStore(), await storeWithoutTables()];
  const store = openStore(url, { directUrl: other.url });
  onTestFinished(() => store.close());
  const environment = { DROP_ENVIRONMENT: 'staging', NEXT_PUBLIC_SERVICE_MODE: 'mock', HOST: '127.0.0.1' };
  const edge = { clock: new ManualClock(), entropy: systemEntropy, log: () => undefined };
  const started = prepareDatabase({ ...edge, config: loadConfig(environment), store, providers: [] });
  await expect(started).rejects.toMatchObject(otherDatabase);
  const { rows } = await other.pool.query(`select to_regclass('migrations') as table`);
  expect(rows).toEqual([{ table: null }]);
});
