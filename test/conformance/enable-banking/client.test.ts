import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attended, dayMs, EnableBankingWorld } from './world.ts';
import { accountKey } from '../../support/provider-keys.ts';

const marginMs = 600_000;

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

describe('the client', () => {
  test.each([
    ['DNB', 180],
    ['Handelsbanken', 90],
  ])('asks %s for what it grants, %i days, less a margin', async (bankId, days) => {
    const { validUntil } = await world.grant(bankId);
    expect(validUntil.getTime()).toBe(world.stack.clock.now().getTime() + days * dayMs - marginMs);
  });

  test('asks for the list of banks once an hour', async () => {
    const asked = (): number =>
      world.stack.attempts.filter(({ operation }) => operation === 'enable-banking.list_aspsps').length;
    await Promise.all([world.stack.provider.ais?.listBanks(), world.stack.provider.ais?.listBanks()]);
    await world.grant('DNB');
    expect(asked()).toBe(2);
    world.stack.clock.advance(3_600_000);
    await world.stack.provider.ais?.listBanks();
    expect(asked()).toBe(4);
  });

  test('serves the old list of banks while the new one cannot be had', async () => {
    await world.stack.provider.ais?.listBanks();
    world.stack.clock.advance(3_600_000);
    world.stack.faults.add({ operation: 'list_aspsps', effect: 'status', status: 500 });
    expect(await world.stack.provider.ais?.listBanks()).toHaveLength(5);
  });

  test('reads unattended where it does not know what the bank requires of the customer', async () => {
    const [account] = (await world.grant('Nordea')).accounts;
    const reads = Array.from({ length: 5 }, () => account?.reference ?? '');
    const spend = async (): Promise<void> => {
      for (const reference of reads)
        await world.stack.provider.ais?.readBalance(accountKey(reference), attended);
    };
    await expect(spend()).rejects.toMatchObject({ code: 'bank_rate_limited' });
  });

  test('follows a payment to a bank that reports credit until the creditor is credited', async () => {
    const reference = await world.pay('Nordea');
    await world.stack.pass(1_400);
    expect(await world.read(reference)).toMatchObject({ status: 'processing', wireStatus: 'ACSC' });
    await world.stack.pass(700);
    expect(await world.read(reference)).toMatchObject({ status: 'settled', creditorCredited: true });
  });

  test('does not claim that it can call a payment back', () => {
    expect(world.stack.provider.pis).not.toHaveProperty('cancelPayment');
  });

  test('knows each step of a payment', async () => {
    const reference = await world.pay('DNB');
    expect(await world.read(reference)).toMatchObject({ status: 'authorised', wireStatus: 'ACTC' });
    await world.stack.pass(700);
    expect(await world.read(reference)).toMatchObject({ status: 'processing', wireStatus: 'ACSP' });
  });

  test('fetches the certificate of webhooks once', async () => {
    const fetched = (): number =>
      world.stack.attempts.filter(({ operation }) => operation.endsWith('.get_webhook_certificate')).length;
    for (const webhookUrl of [world.stack.webhookUrl, world.stack.webhookUrl]) {
      await world.pay('DNB', { webhookUrl, choice: 'cancel' });
      await world.stack.pass(0);
    }
    expect(world.stack.hints).toHaveLength(2);
    expect(fetched()).toBe(1);
  });
});
