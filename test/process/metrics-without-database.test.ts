import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createObservability } from '#process/observability.ts';
import { openStore } from '#store/database.ts';
import { migrate } from '#store/migrate.ts';
import { freezablePostgres } from '../support/frozen-postgres.ts';

const environment = { DROP_ENVIRONMENT: 'staging', NEXT_PUBLIC_SERVICE_MODE: 'mock', HOST: '127.0.0.1' };

test('metrics wait three seconds for a stopped database, and then show what needs none', async () => {
  const { url, freeze, thaw } = await freezablePostgres();
  await migrate(url);
  const store = openStore(url, { limits: { statementMs: 60_000, answerMs: 60_000 } });
  onTestFinished(() => store.close());
  await store.pool.query('select 1');
  const clock = new ManualClock();
  const edge = { config: loadConfig(environment), clock, entropy: systemEntropy, log: () => undefined };
  const { metrics } = await createObservability({ ...edge, store });
  // Loads the library, so that the next request reads at once.
  expect(await metrics.text()).toContain('drop_unresolved_payments');
  await freeze();
  const reading = metrics.text();
  await expect.poll(() => (clock.advance(1_000), Promise.race([reading, Promise.resolve('')]))).not.toBe('');
  const text = await reading;
  expect(text).toContain('drop_outbound_records_dropped 0');
  expect(text).not.toMatch(/drop_unresolved_payments{/);
  await thaw();
});
