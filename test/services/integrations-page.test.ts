import { expect, test } from 'vitest';
import { createMetrics } from '#process/metrics/metrics.ts';
import { integrationsPage, listedDefinitions } from '../../scripts/integrations.ts';

test('docs/integrations.md has every service, as `npm run integrations` writes it', async () => {
  const { current, wanted } = await integrationsPage();
  expect(current).toBe(wanted);
});

test('each metric of the inventory is one that Drop has', async () => {
  const guard = { provider: 'x', breaker: 'closed', scopes: {}, active: 0, waiting: 0 } as const;
  const metrics = createMetrics({
    outbounds: () => [{ ...guard, fullScopes: [], retryTokens: 2 }],
    droppedCalls: () => 0,
    unresolvedPayments: async () => [{ status: 'created', count: 1, oldestAgeSeconds: 1 }],
    openAlerts: async () => [],
    undeliveredMessages: async () => [],
  });
  const text = await metrics.text();
  const named = listedDefinitions().flatMap(({ integration }) => integration.metrics);
  expect(named.filter((name) => !text.includes(`# HELP ${name} `))).toEqual([]);
});

test('each service says where a person looks, and what watches it', () => {
  const silent = listedDefinitions().filter(
    ({ integration }) => integration.alerts.length === 0 || integration.metrics.length === 0,
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});
