import { Agent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';
import type { ServiceOutboundOptions } from '#services/definition.ts';
import { createOutbounds } from '#services/outbounds.ts';
import { createWebhookKeys } from '#services/open-banking/enable-banking/webhook-keys.ts';
import { nobody, ObligingClock } from '../../outbound/guarded.ts';

test('an address that a forged webhook names closes no way for other processes', async () => {
  const told: unknown[] = [];
  const dispatcher = new Agent();
  onTestFinished(() => dispatcher.destroy());
  const outbounds = createOutbounds({
    dispatcher,
    clock: new ObligingClock(),
    tracing: undefined,
    random: () => 0,
    onAttempt: () => undefined,
    onBreaker: (change) => told.push(change),
  });
  const create = (options: ServiceOutboundOptions) => outbounds.create(enableBanking, options);
  const forged = await nobody();
  const keys = createWebhookKeys({ webhookHost: forged, clock: systemClock, createOutbound: create });
  for (let webhook = 0; webhook < 6; webhook += 1)
    await expect(keys.keyAt(`${forged}/key.pem`)).rejects.toMatchObject({ code: 'provider_unavailable' });
  await expect(keys.keyAt(`${forged}/key.pem`)).rejects.toThrow(/failed 5 times in a row/);
  expect(told).toEqual([]);
  const api = create({ provider: 'enable-banking', origins: [forged] });
  for (let call = 0; call < 3; call += 1)
    await api
      .send({ repeatable: false, operation: 'test.act', method: 'GET', url: forged })
      .catch(() => undefined);
  expect(told).toMatchObject([{ provider: 'enable-banking', state: 'open' }]);
});
