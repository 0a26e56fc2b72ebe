import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listAccounts } from '#store/bank-accounts.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { pay, type PaymentForm } from '#usecases/payments/pay.ts';
import { returnOf } from '../support/bank-return.ts';
import { customer, testContext, type TestContext } from '../support/context.ts';
import { signedIn } from '../support/http-app.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;

/** The statements of docs/backup.md for a database that was restored to `moment`. */
function statementsFor(moment: Date): string {
  const text = readFileSync(new URL('../../docs/backup.md', import.meta.url), 'utf8');
  const [, sql = ''] = /```sql\n\\set moment .*\n([^`]*)```/.exec(text) ?? [];
  return sql.replaceAll(':moment', `'${moment.toISOString()}'`);
}

async function payer(context: TestContext) {
  const user = await customer(context);
  const begun = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
  await returnFromBank(context, user, { parameters: returnOf(begun.next), access });
  const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
  const form: PaymentForm = {
    accountId: account?.id ?? '',
    amount: { amount: 25_000, currency: 'NOK' },
    creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
    kid: '2345676',
    text: undefined,
  };
  return { user, form };
}

test('after the statements for a restored database no order is sent that may have been sent already', async () => {
  const context = await testContext();
  const { database, pool } = context.store;
  const { user, form } = await payer(context);
  const circumstances = { idempotencyKey: randomUUID(), access, locale: 'nb' } as const;
  const { id } = await pay(context, user, { form, circumstances });
  await signedIn(context);
  const updatedAt = context.clock.now();
  await database
    .updateTable('transactions')
    .set({ status: 'created', payment_id: null, initiated_at: null, updated_at: updatedAt })
    .execute();
  const sql = statementsFor(updatedAt);
  expect(sql).toContain('update transactions');
  await pool.query(sql);
  expect(await pay(context, user, { form, circumstances })).toMatchObject({ id, status: 'unknown' });
  expect(await database.selectFrom('sessions').selectAll().execute()).toEqual([]);
});

test('the statements for a restored database leave what the bank has, and what is long over', async () => {
  const context = await testContext();
  const { database, pool } = context.store;
  const { user, form } = await payer(context);
  const circumstances = { idempotencyKey: randomUUID(), access, locale: 'nb' } as const;
  const { status } = await pay(context, user, { form, circumstances });
  const another = { ...circumstances, idempotencyKey: randomUUID(), acceptsRepeat: true };
  const old = await pay(context, user, { form, circumstances: another });
  const moment = context.clock.now();
  await database
    .updateTable('transactions')
    .set({ status: 'failed', payment_id: null, updated_at: new Date(moment.getTime() - 172_800_000) })
    .where('id', '=', old.id)
    .execute();
  await pool.query(statementsFor(moment));
  const statuses = await database.selectFrom('transactions').select('status').execute();
  expect(statuses.map((row) => row.status).toSorted()).toEqual([status, 'failed'].toSorted());
});
