import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createObservability } from '#process/observability.ts';
import { openStore } from '#store/database.ts';
import { migrate } from '#store/migrate.ts';
import { freezablePostgres } from '../support/frozen-postgres.ts';

const environment = { DROP_ENVIRONMENT: 'staging', NEXT_PUBLIC_SERVICE_MODE: 'mock', HOST: '127.0.0.1' };

test('metrics do not wait for a stopped database, and leave out what is too old', async () => {
  const { url, freeze, thaw } = await freezablePostgres();
  await migrate(url);
  const store = openStore(url, { limits: { statementMs: 60_000, answerMs: 60_000 } });
  onTestFinished(() => store.close());
  const clock = new ManualClock();
  const edge = { config: loadConfig(environment), clock, entropy: systemEntropy, log: () => undefined };
  const { metrics, watch, close } = await createObservability({ ...edge, store });
  const watched = { isHearing: () => true, onBreakerOpen: () => undefined, webhookSources: [] };
  watch({ outbounds: () => [] }, watched);
  clock.advance(0);
  await expect.poll(() => metrics.text()).toContain('drop_inbox_waiting 0');
  await freeze();
  clock.advance(15_000);
  expect(await metrics.text()).toContain('drop_inbox_waiting 0');
  clock.advance(60_000);
  const text = await metrics.text();
  expect(text).toContain('drop_outbound_records_dropped 0');
  expect(text).not.toMatch(/drop_inbox_waiting \d/);
  await thaw();
  await close();
});
