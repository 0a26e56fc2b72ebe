import { beforeEach, describe, expect, test } from 'vitest';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { pay } from '#usecases/payments/pay.ts';
import { refreshBalance } from '#usecases/banking/refresh-balance.ts';
import type { Json } from './overridden-world.ts';
import { access, BankContext } from './bank-context.ts';

let bank: BankContext;
beforeEach(async () => {
  bank = await BankContext.start();
});

/** Sets the accounts in the next sessions: one for each of `changes`, and no others. */
function sessionsSay(...changes: Json[]): void {
  bank.overridden.override('POST /sessions', (body) => {
    const accounts = body['accounts'] as Json[];
    return { ...body, accounts: changes.map((change, index) => ({ ...accounts[index], ...change })) };
  });
}

const number = { account_id: { iban: 'NO7112345678903', other: null }, all_account_ids: null };
const withoutNumber = { account_id: null, all_account_ids: null };

const refresh = (accountId: string | undefined) =>
  refreshBalance(bank.context, bank.user, { accountId: accountId ?? '', access });

async function ids(): Promise<string[]> {
  return (await bank.accounts()).map(({ id }) => id);
}

function payFrom(accountId: string | undefined): Promise<unknown> {
  const form = {
    accountId: accountId ?? '',
    amount: { amount: 10_000, currency: 'NOK' },
    creditor: { name: 'Nordlys Strøm AS', accountNumber: '95360573002' },
    kid: undefined,
    text: undefined,
  };
  const circumstances = { idempotencyKey: 'x'.repeat(20), access, locale: 'nb' } as const;
  return pay(bank.context, bank.user, { form, circumstances });
}

describe('the currency of an account', () => {
  test('that the bank does not know does not become that of its balance', async () => {
    sessionsSay({ currency: 'XXX' });
    await bank.link();
    const money = { amount: 2_500_000, currency: 'NOK' };
    expect(await bank.accounts()).toMatchObject([{ currency: undefined, balance: money }]);
    expect(await refresh((await ids())[0])).toMatchObject({ balance: money });
    const { rows } = await bank.context.store.pool.query(
      'select currency, balance, balance_currency, balance_type from bank_accounts',
    );
    expect(rows).toEqual([
      { currency: 'XXX', balance: 2_500_000, balance_currency: 'NOK', balance_type: 'ITAV' },
    ]);
  });

  test('is learned by the next consent, of the same account, and not forgotten by the ones after', async () => {
    sessionsSay({ currency: 'XXX' });
    await bank.link();
    const [before] = await bank.accounts();
    for (const currency of ['NOK', 'XXX', null, 'nok', 578]) {
      sessionsSay({ currency });
      await bank.link();
      const { id, name, accountNumber } = before ?? {};
      expect(await bank.accounts()).toEqual([
        expect.objectContaining({ id, name, accountNumber, currency: 'NOK' }),
      ]);
    }
  });

  test('makes two accounts of one number, each with its balance', async () => {
    sessionsSay(
      { ...number, currency: 'NOK', identification_hash: 'one' },
      { ...number, currency: 'EUR', identification_hash: 'one' },
    );
    await bank.link();
    const euro = { balance_type: 'ITAV', balance_amount: { currency: 'EUR', amount: '7.00' } };
    bank.overridden.override('GET /accounts/balances', (body) => ({
      balances: [...(body['balances'] as Json[]), euro],
    }));
    for (const id of await ids()) await refresh(id);
    const found = await bank.accounts();
    expect(found.map(({ accountNumber, currency, balance }) => [accountNumber, currency, balance])).toEqual([
      ['12345678903', 'NOK', { amount: 2_500_000, currency: 'NOK' }],
      ['12345678903', 'EUR', { amount: 700, currency: 'EUR' }],
    ]);
    const before = await ids();
    await bank.link();
    expect(await ids()).toEqual(before);
  });
});

describe('a new consent', () => {
  test('updates the name of an account, and the reference that reads it', async () => {
    sessionsSay({ details: 'Brukskonto' });
    await bank.link();
    const [before] = await bank.accounts();
    sessionsSay({ details: 'Lønnskonto' });
    const id = await bank.link();
    const [after, ...more] = await bank.accounts();
    expect(more).toEqual([]);
    expect(after).toMatchObject({ id: before?.id, name: 'Lønnskonto', connectionId: id });
    expect(after?.reference).not.toBe(before?.reference);
  });

  test('that says less of an account leaves it as it was', async () => {
    sessionsSay(number);
    await bank.link();
    const [before] = await bank.accounts();
    sessionsSay({ ...withoutNumber, details: null, product: null, currency: null });
    const connectionId = await bank.link();
    const [after, ...more] = await bank.accounts();
    expect(more).toEqual([]);
    expect(after).toEqual({
      ...before,
      connectionId,
      reference: after?.reference,
      consentReference: after?.consentReference,
      balanceAt: after?.balanceAt,
    });
  });

  test('gives an account its number, or another one, where the provider says that it is the same', async () => {
    sessionsSay({ ...withoutNumber, identification_hash: 'one' });
    await bank.link();
    const [before] = await bank.accounts();
    expect(before?.accountNumber).toBeUndefined();
    sessionsSay({ ...number, identification_hash: 'one' });
    await bank.link();
    expect(await bank.accounts()).toMatchObject([{ id: before?.id, accountNumber: '12345678903' }]);
    sessionsSay({ ...withoutNumber, account_id: { iban: 'NO0995360573002' }, identification_hash: 'one' });
    await bank.link();
    expect(await bank.accounts()).toMatchObject([{ id: before?.id, accountNumber: '95360573002' }]);
  });

  test('knows an account by its number though the provider calls it otherwise', async () => {
    sessionsSay({ ...number, identification_hash: 'one' });
    await bank.link();
    const before = await ids();
    sessionsSay({ ...number, identification_hash: 'another' });
    await bank.link();
    expect(await ids()).toEqual(before);
  });

  test('that lists an account twice gives it once', async () => {
    sessionsSay(number, number);
    await bank.link();
    expect(await ids()).toHaveLength(1);
  });

  test('at the same time as another finds the same account', async () => {
    const approved = [await bank.approve(), await bank.approve(), await bank.approve()];
    await Promise.all(approved.map(({ parameters }) => bank.comeBack(parameters)));
    expect(await ids()).toHaveLength(2);
  });
});

describe('an account that two consents reach', () => {
  test('is read by the older one when the newer one is taken back', async () => {
    const older = await bank.link();
    const newer = await bank.link();
    expect((await bank.accounts()).map(({ connectionId }) => connectionId)).toEqual([newer, newer]);
    await revokeConnection(bank.context, bank.user, newer);
    const [account] = await bank.accounts();
    expect(account).toMatchObject({ connectionId: older, consentStatus: 'active' });
    expect(await refresh(account?.id)).toMatchObject({ balance: { amount: 2_500_000, currency: 'NOK' } });
    await revokeConnection(bank.context, bank.user, older);
    expect(await bank.accounts()).toEqual([]);
    await expect(refresh(account?.id)).rejects.toMatchObject({ code: 'consent_revoked' });
  });

  test.each(['revoke_consents', 'expire_consents'])(
    'is read by the older one when the bank ends the newer one (%s), without the customer noticing',
    async (action) => {
      const older = await bank.link();
      const newer = await bank.link();
      const session = bank.overridden.openSessions().at(-1);
      await bank.overridden.world.stack.act(action, { sessionId: session });
      const [account] = await bank.accounts();
      expect(await refresh(account?.id)).toMatchObject({ connectionId: older, consentStatus: 'active' });
      expect(await bank.statusOf(newer)).toBe(action === 'revoke_consents' ? 'revoked' : 'expired');
      expect(bank.overridden.asked('GET /accounts/balances')).toBeGreaterThan(0);
    },
  );

  test('ends with the last of them', async () => {
    await bank.link();
    await bank.link();
    const [account] = await bank.accounts();
    await bank.overridden.world.stack.act('revoke_consents');
    await expect(refresh(account?.id)).rejects.toMatchObject({ code: 'consent_revoked' });
    expect(await bank.accounts()).toMatchObject([]);
  });

  test('and of which both have run out is shown as expired', async () => {
    await bank.link();
    const newer = await bank.link();
    bank.context.clock.advance(181 * 86_400_000);
    expect(await bank.accounts()).toMatchObject([
      { connectionId: newer, consentStatus: 'expired' },
      { connectionId: newer, consentStatus: 'expired' },
    ]);
  });

  test('pays from the bank of the consent that is left', async () => {
    await bank.link();
    await revokeConnection(bank.context, bank.user, await bank.link());
    const [account] = await bank.accounts();
    expect(await payFrom(account?.id)).toMatchObject({ status: 'awaiting_authorisation' });
  });
});

describe('an odd balance', () => {
  const odd = { name: 'x', balance_type: 'CLAV', balance_amount: { currency: 'NOK', amount: null } };

  test('beside a good one prevents neither reading nor paying', async () => {
    bank.overridden.override('GET /accounts/balances', (body) => ({
      balances: [odd, ...(body['balances'] as Json[])],
    }));
    await bank.link();
    const [account] = await bank.accounts();
    expect(account?.balance).toEqual({ amount: 2_500_000, currency: 'NOK' });
    expect(await refresh(account?.id)).toMatchObject({ balance: { amount: 2_500_000 } });
    expect(await payFrom(account?.id)).toMatchObject({ status: 'awaiting_authorisation' });
  });
});
