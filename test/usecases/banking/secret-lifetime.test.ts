import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { allJobs } from '#jobs/table.ts';
import { activateConnection, endConnection } from '#store/bank-connections.ts';
import { listAccounts } from '#store/bank-accounts.ts';
import { revokeConnection } from '#usecases/banking/end-connection.ts';
import { startConnection } from '#usecases/banking/link-bank.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { secretStateOf } from '#usecases/banking/secret-state.ts';
import { pay } from '#usecases/payments/pay.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { customer, testContext } from '../../support/context.ts';
import { secretRow, secretStand } from './secrets.ts';
import { returnOf } from '../../support/bank-return.ts';

const access = { kind: 'attended', ipAddress: '127.0.0.1', userAgent: 'test' } as const;
const kept = { refreshToken: '1' };
const keep = async (): Promise<typeof kept> => kept;
const dayMs = 86_400_000;

describe('the secrets of a consent', () => {
  test.each(['cancelled', 'failed', 'expired'] as const)('are deleted when it is %s', async (status) => {
    const { context, consent } = await secretStand();
    await secretStateOf(context, consent).change(keep);
    await endConnection(context.store.database, consent.id, { status, at: context.clock.now() });
    expect(await secretRow(context, consent)).toBeUndefined();
    expect(await secretStateOf(context, consent).read()).toBeUndefined();
  });

  test('are deleted when the customer ends it, once the bank has heard of it', async () => {
    const context = await testContext();
    const user = await customer(context);
    const { id, next } = await startConnection(context, user, {
      bankId: context.bankId,
      access,
      locale: 'nb',
    });
    const state = secretStateOf(context, { kind: 'consent', id });
    await state.change(keep);
    await returnFromBank(context, user, { parameters: returnOf(next), access });
    expect(await state.read()).toEqual(kept);
    await revokeConnection(context, user, id);
    expect(await secretRow(context, { kind: 'consent', id })).toBeUndefined();
  });

  test('are deleted with the customer', async () => {
    const { context, user, consent } = await secretStand();
    await secretStateOf(context, consent).change(keep);
    await context.store.database.deleteFrom('users').where('id', '=', user.id).execute();
    expect(await secretRow(context, consent)).toBeUndefined();
  });

  test('are neither kept nor changed after its end, even by a change that had begun before', async () => {
    const { context, consent } = await secretStand();
    const state = secretStateOf(context, consent);
    const late = state.change(async () => {
      const end = { status: 'failed', at: context.clock.now() } as const;
      await endConnection(context.store.database, consent.id, end);
      return kept;
    });
    expect(await late).toEqual(kept);
    expect(await secretRow(context, consent)).toBeUndefined();
    const never = async (): Promise<never> => Promise.reject(new RangeError('the provider was called'));
    await expect(state.change(never)).rejects.toMatchObject({ code: 'consent_expired' });
  });

  test('of a consent that does not exist are refused', async () => {
    const { context } = await secretStand();
    const state = secretStateOf(context, { kind: 'consent', id: randomUUID() });
    await expect(state.change(keep)).rejects.toMatchObject({ code: 'consent_expired' });
  });

  test('that is not completed are kept for a day after their last change', async () => {
    const { context, consent } = await secretStand();
    const state = secretStateOf(context, consent);
    await state.change(keep);
    context.clock.advance(dayMs - 1);
    expect(await state.change(async (latest) => latest)).toEqual(kept);
    context.clock.advance(dayMs - 1);
    expect(await state.read()).toEqual(kept);
    context.clock.advance(1);
    expect(await state.read()).toBeUndefined();
    const seen: unknown[] = [];
    await state.change(async (latest) => void seen.push(latest));
    expect(seen).toEqual([undefined]);
  });

  test('that is completed are kept for as long as it holds, and then deleted by the job', async () => {
    const { context, consent } = await secretStand();
    const { store, clock } = context;
    const state = secretStateOf(context, consent);
    await state.change(keep);
    const validUntil = new Date(clock.now().getTime() + 90 * dayMs);
    await activateConnection(store.database, consent.id, { reference: 'r', validUntil });
    const job = allJobs['forget-provider-secrets'];
    clock.advance(90 * dayMs - 1);
    await job?.run(context, { data: {}, signal: new AbortController().signal });
    expect(await state.read()).toEqual(kept);
    clock.advance(1);
    expect(await state.read()).toBeUndefined();
    await job?.run(context, { data: {}, signal: new AbortController().signal });
    expect(await secretRow(context, consent)).toBeUndefined();
  });
});

describe('the secrets of a payment', () => {
  async function openPayment() {
    const context = await testContext();
    const user = await customer(context);
    const { next } = await startConnection(context, user, { bankId: context.bankId, access, locale: 'nb' });
    await returnFromBank(context, user, { parameters: returnOf(next), access });
    const [account] = await listAccounts(context.store.database, user.id, context.clock.now());
    const { id } = await pay(context, user, {
      form: {
        accountId: account?.id ?? '',
        amount: { amount: 25_000, currency: 'NOK' },
        creditor: { name: 'Strømselskapet AS', accountNumber: '15032080178' },
        kid: '2345676',
        text: undefined,
      },
      circumstances: { idempotencyKey: randomUUID(), access, locale: 'nb' },
    });
    return { context, owner: { kind: 'payment', id } as const };
  }

  test('are kept while it is open and deleted when it is over', async () => {
    const { context, owner } = await openPayment();
    const state = secretStateOf(context, owner);
    await state.change(keep);
    expect(await state.read()).toEqual(kept);
    context.clock.advance(25_000);
    await reconcileDuePayments(context);
    await expect.poll(() => secretRow(context, owner)).toBeUndefined();
    await expect(state.change(keep)).rejects.toMatchObject({ code: 'payment_unknown' });
  });

  test('are kept while its bank contradicts the end of it, since the bank is still asked', async () => {
    const { context, owner } = await openPayment();
    await secretStateOf(context, owner).change(keep);
    const at = context.clock.now();
    await context.store.database
      .updateTable('transactions')
      .set({ status: 'expired', contradicted_at: at, due_at: at })
      .where('id', '=', owner.id)
      .execute();
    expect(await secretStateOf(context, owner).read()).toEqual(kept);
  });
});
