import { createHash, X509Certificate } from 'node:crypto';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attended, EnableBankingWorld } from './world.ts';
import { accountKey } from '../../support/provider-keys.ts';

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

describe('the control plane', () => {
  test('sets a balance', async () => {
    await world.stack.act('set_balance', { accountNumber: '12345678903', balanceOere: 4_200, bank: 'DNB' });
    const [account] = (await world.grant('DNB')).accounts;
    expect(
      await world.stack.provider.ais?.readBalance(accountKey(account?.reference), attended),
    ).toMatchObject({
      money: { amount: 4_200 },
    });
  });

  test('decides how the next payment ends', async () => {
    await world.stack.act('payment_outcome', { outcome: 'reject' });
    const reference = await world.pay('DNB');
    await world.stack.pass(5_000);
    expect(await world.read(reference)).toMatchObject({ status: 'rejected', reasonCode: 'MS03' });
  });

  test('releases webhooks in the reverse of their order', async () => {
    await world.stack.act('hold_webhooks');
    await world.pay('DNB', { webhookUrl: world.stack.webhookUrl });
    await world.stack.pass(5_000);
    await world.stack.act('release_webhooks', { order: 'reversed' });
    const changes = ['payment.ACSC', 'payment.ACSP', 'payment.ACTC'];
    expect(world.stack.verdicts).toMatchObject(changes.map((eventType) => ({ eventType })));
  });

  test('refuses what it does not understand', async () => {
    await expect(world.stack.act('payment_outcome', { outcome: 'explode' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  test('forgets everything on reset, payments under way included', async () => {
    const reference = await world.pay('DNB');
    world.stack.emulator.reset();
    await world.stack.pass(5_000);
    await expect(world.read(reference)).rejects.toMatchObject({ code: 'payment_unknown' });
    expect(world.stack.emulator.state()).toMatchObject({ consents: [], payments: [], webhooks: { sent: 0 } });
    const { accounts } = world.stack.emulator.state() as { accounts: { bookedOere: number }[] };
    expect(new Set(accounts.map(({ bookedOere }) => bookedOere))).toEqual(new Set([2_500_000, 30_000]));
  });

  test('shows no whole account number, code or key', async () => {
    await world.grant('DNB');
    const state = JSON.stringify(world.stack.emulator.state());
    expect(state).not.toMatch(/12345678903|PRIVATE KEY/);
  });
});

test('the certificate of webhooks is one that anybody can check', async () => {
  const response = await request(`${world.stack.origin}/certs/webhooks.pem`);
  const certificate = new X509Certificate(await response.body.text());
  expect(certificate.subject).toBe('CN=Sandbox webhooks');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(
    certificate.validFromDate < world.stack.clock.now() && world.stack.clock.now() < certificate.validToDate,
  ).toBe(true);
  expect(createHash('sha256').update(certificate.raw).digest('hex')).toBe(
    certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  );
});
