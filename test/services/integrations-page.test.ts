import { expect, test } from 'vitest';
import { integrationsPage, listedDefinitions } from '../../scripts/integrations.ts';
import { knownMetrics } from '../../scripts/metric-reference.ts';

test('docs/integrations.md has every service, as `npm run integrations` writes it', async () => {
  const { current, wanted } = await integrationsPage();
  expect(current).toBe(wanted);
});

test('each metric of the inventory is one that Drop has', async () => {
  const known = new Set((await knownMetrics()).map(({ name }) => name));
  const named = listedDefinitions().flatMap(({ integration }) => integration.metrics);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('each service that is called says where a person looks, and what watches it', () => {
  const silent = listedDefinitions().filter(
    ({ integration: { status, alerts, metrics } }) =>
      status !== 'mock' && (alerts.length === 0 || metrics.length === 0),
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});
