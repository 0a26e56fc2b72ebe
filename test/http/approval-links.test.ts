import { randomBytes, randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createSealer } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { openStore } from '#store/database.ts';
import { findPayment } from '#store/payments.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';
import { testContext } from '../support/context.ts';
import { oldDatabase } from '../support/old-database.ts';
import { payingCustomer } from './paying-customer.ts';

async function stand() {
  const { context, accountId, ask } = await payingCustomer();
  const { database } = context.store;
  return {
    context,
    async pay() {
      const amount = { amount: 25_000, currency: 'NOK' };
      const creditor = { name: 'Strøm AS', accountNumber: '15032080178' };
      const order = { accountId, amount, creditor, text: 'Takk', acceptsRepeat: true };
      const { body } = await ask('POST', '/api/payments', order);
      return { id: String(body['id']), link: String(body['redirectUrl']) };
    },
    shown: async (id: string) => (await ask('GET', `/api/payments/${id}`)).body,
    stored: async (id: string) =>
      (await database.selectFrom('transactions').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
        .redirect_url,
    change: (id: string, change: { redirect_url?: string | null; redirect_expires_at?: Date }) =>
      database.updateTable('transactions').set(change).where('id', '=', id).execute(),
  };
}

test('the link to the bank is told to the customer, sealed in the database, and in no log', async () => {
  const { context, pay, shown, stored } = await stand();
  const { id, link } = await pay();
  expect(link).toMatch(/^http.*state=/);
  expect(await shown(id)).toMatchObject({ redirectUrl: link });
  const sealed = (await stored(id)) ?? '';
  expect(sealed).toMatch(/^v1\.demo\./);
  expect(JSON.stringify(context.logged)).not.toMatch(/state=|v1\.demo/);
});

test('a link is not told after its expiry', async () => {
  const { context, pay, shown, change } = await stand();
  const { id, link } = await pay();
  await change(id, { redirect_expires_at: new Date(context.clock.now().getTime() + 1_000) });
  expect(await shown(id)).toMatchObject({ redirectUrl: link });
  context.clock.advance(1_000);
  expect(await shown(id)).toMatchObject({ status: 'awaiting_authorisation', redirectUrl: null });
});

test('the link of another payment is not told, and the payment itself is', async () => {
  const { context, pay, shown, stored, change } = await stand();
  const [own, other] = [await pay(), await pay()];
  await change(own.id, { redirect_url: await stored(other.id) });
  expect(await shown(own.id)).toMatchObject({ status: 'awaiting_authorisation', redirectUrl: null });
  expect(context.logged).toContainEqual({
    level: 'error',
    message: 'the link to a bank’s page does not open',
    details: expect.objectContaining({ paymentId: own.id }) as unknown,
  });
});

test('without its key a link is not told, the payment is, and the log names the key alone', async () => {
  const { context, pay, shown, stored } = await stand();
  const { id } = await pay();
  context.sealer = createSealer({
    current: { id: '2026', key: new Secret('k'.repeat(44)) },
    formerKeys: [],
    newNonce: () => randomBytes(12),
  });
  expect(await shown(id)).toMatchObject({ status: 'awaiting_authorisation', redirectUrl: null });
  const errors = context.logged.map(({ details }) => (details as { error?: Error } | undefined)?.error);
  expect(errors.map((error) => error?.message)).toContain('the encryption key "demo" is not configured');
  expect(errors.map((error) => error?.message).join()).not.toContain((await stored(id)) ?? '');
});

test('after an upgrade a link that was stored in plain is told as before', async () => {
  const { pool, upgrade } = await oldDatabase('0014');
  const [user, account, payment] = [randomUUID(), randomUUID(), randomUUID()];
  await pool.query(
    `insert into users (id, national_id_hash, national_id_hash_key_id, bankid_issuer, bankid_subject, name, created_at)
     values ($1, 'h', '1', 'i', 's', 'Kari Test', now())`,
    [user],
  );
  await pool.query(
    `insert into bank_accounts (id, user_id, account_number, currency, created_at)
     values ($1, $2, '15032080178', 'NOK', now())`,
    [account, user],
  );
  await pool.query(
    `insert into transactions (id, user_id, account_id, provider, bank_id, bank_name, status, amount, currency,
       debtor_account_number, creditor_name, creditor_account_number, order_hash, state_hash, idempotency_key,
       request_hash, created_at, updated_at, due_at, redirect_url)
     values ($1, $2, $3, 'p', 'b', 'B', 'awaiting_authorisation', 100, 'NOK', '1', 'C', '2', 'o', 's', 'k', 'r', now(),
       now(), now(), 'https://bank.example/approve?state=1')`,
    [payment, user, account],
  );
  await upgrade();
  const store = openStore(String(pool.options.connectionString));
  onTestFinished(() => store.close());
  const found = await findPayment(store.database, { id: payment });
  if (!found) throw new RangeError('the payment is there');
  const context = { ...(await testContext()), store };
  expect(approvalLink(context, found)).toBe('https://bank.example/approve?state=1');
});
