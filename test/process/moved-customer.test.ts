import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { consentStatusAt, type BankConsent, type BankPayment, type World } from '#emulation/bank/world.ts';
import { addRoutingChange } from '#store/routing/changes.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { banks } from '../chaos/bank-customers.ts';
import { MovedCustomer } from '../chaos/moved-customer.ts';
import { providersStage, type ProvidersStage } from './providers-stage.ts';

/** The emulated bank settles after some seconds. */
const settledMsMax = 30_000;
const act = { by: 'test', reason: 'test', restores: undefined };

/** The statuses of the consents at a provider, as it sees them. */
function consentsAt({ emulators }: ProvidersStage, id: string): string[] {
  const saved = emulators.find(({ emulator }) => emulator.name === id)?.emulator.persistence?.save();
  const { world } = saved as { world: World<BankConsent, BankPayment> };
  return world.consents.map((consent) => consentStatusAt(consent, systemClock.now()));
}

/** A provider that sends webhooks, and another one. */
function pairOf({ emulators }: ProvidersStage) {
  const ids: readonly string[] = openBankingProviders.map(({ id }) => id);
  const placed = emulators.find(
    ({ emulator: { name, actions } }) => ids.includes(name) && actions?.['hold_webhooks'],
  );
  const former = placed?.emulator.name ?? '';
  return { former, next: ids.find((id) => id !== former) ?? '' };
}

test('a moved customer keeps the account, and the webhook of a payment before the move settles it', async () => {
  const stage = await providersStage();
  const { start, origin, store } = stage;
  const { former, next } = pairOf(stage);
  await start({ OPENBANKING_PROVIDER: former });
  const kari = new MovedCustomer(origin, { id: 'kari', name: 'Kari Testnes' }, banks[0]);
  onTestFinished(() => kari.close());
  await kari.join();
  await kari.link(former);
  const accounts = () =>
    store.database
      .selectFrom('bank_accounts')
      .select(['id', 'account_number', 'name', 'balance'])
      .orderBy('id')
      .execute();
  const before = await accounts();
  const payment = await kari.order(25_000);
  const policy = {
    salt: 's',
    home: former,
    moves: [{ to: next, whom: 'everyone', sharePercent: 100 } as const],
  };
  const change = { ...act, version: 1, kind: 'apply', policy, at: systemClock.now() } as const;
  await addRoutingChange(store.database, change, 'salt');

  await kari.renew(next, async () => {
    expect(consentsAt(stage, former)).toEqual(['active']);
    expect(await connections()).toEqual([
      [former, 'active'],
      [next, 'pending'],
    ]);
  });
  expect(await connections()).toEqual([
    [former, 'revoked'],
    [next, 'active'],
  ]);
  expect(consentsAt(stage, next)).toEqual(['active']);
  await expect.poll(() => consentsAt(stage, former)).not.toContain('active');
  expect(await accounts()).toEqual(before);
  const columns = ['former_provider', 'new_provider', 'outcome'] as const;
  expect(await store.database.selectFrom('routing_parity').select(columns).execute()).toEqual(
    before.map(() => ({ former_provider: former, new_provider: next, outcome: 'equal' })),
  );

  await kari.approve(payment);
  const payments = store.database.selectFrom('transactions').select(['id', 'provider', 'status']);
  await expect
    .poll(() => payments.execute(), { timeout: settledMsMax })
    .toEqual([{ id: payment.id, provider: former, status: 'settled' }]);
  const webhooks = store.database.selectFrom('webhook_inbox').select(['provider', 'status']);
  const ofFormer = webhooks.where('provider', '=', former);
  await expect
    .poll(async () => new Set((await ofFormer.execute()).map(({ status }) => status)))
    .toEqual(new Set(['handled']));

  async function connections(): Promise<string[][]> {
    const rows = store.database.selectFrom('bank_connections').select(['provider', 'status']);
    return (await rows.orderBy('created_at').execute()).map(({ provider, status }) => [provider, status]);
  }
});
