import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { paymentsQuerySchema, type Payments } from '#http/contract/payments.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import { readPaymentPage } from '#store/customer-payments.ts';
import { copyPayment, copyPayments } from '../support/copied-payments.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { payingCustomer } from './paying-customer.ts';

/** A customer with one payment, created at 15:30 in Norway on 23 February. */
async function standing() {
  const { ask, context, accountId } = await payingCustomer();
  const amount = { amount: 25_050, currency: 'NOK' };
  const creditor = { name: 'Øst Strøm AS', accountNumber: '15032080178' };
  const { body } = await ask('POST', '/api/payments', { accountId, amount, creditor, text: 'Mars 100%' });
  const id = String(body['id']);
  const { database } = context.store;

  async function page(query = '', search?: string): Promise<Payments> {
    const headers = search === undefined ? {} : { 'drop-search': encodeURIComponent(search) };
    const answer = await ask('GET', `/api/payments${query}`, undefined, headers);
    expect(answer.status).toBe(200);
    return answer.body as unknown as Payments;
  }

  const names = async (query = '', search?: string): Promise<string[]> =>
    (await page(query, search)).payments.map(({ creditor: { name } }) => name);
  const copy = (change: Parameters<typeof copyPayment>[2]) => copyPayment(database, id, change);
  return { ask, context, id, database, page, names, copy };
}

describe('pages', () => {
  test('lead through more than a hundred payments, each once, also those of one instant', async () => {
    const { database, id, page } = await standing();
    await copyPayments(database, id, 230);
    await database
      .updateTable('transactions')
      .set({ created_at: new Date(0) })
      .execute();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { payments, nextCursor }: Payments = await page(cursor === null ? '' : `?cursor=${cursor}`);
      seen.push(...payments.map((payment) => payment.id));
      cursor = nextCursor;
    } while (cursor !== null && seen.length < 1_000);
    expect(seen).toHaveLength(231);
    expect(new Set(seen).size).toBe(231);
  });

  test('are as long as asked for, and the last one has no cursor', async () => {
    const { copy, names, page } = await standing();
    await copy({ creditor_name: 'Eldre', created_at: new Date(0) });
    const { nextCursor } = await page('?limit=1');
    expect(await names('?limit=1')).toEqual(['Øst Strøm AS']);
    expect(await names(`?limit=1&cursor=${nextCursor}`)).toEqual(['Eldre']);
    expect((await page(`?limit=1&cursor=${nextCursor}`)).nextCursor).toBeNull();
  });

  test.each([
    { cursor: 'x' },
    { limit: '0' },
    { limit: '101' },
    { limit: '1.5' },
    { status: 'paid' },
    { from: '2026-02-30' },
    { to: '1999-01-01' },
    { to: '2026-02-23', from: '2026-02-24' },
  ])('%j is refused', (query) => {
    const { error } = paymentsQuerySchema.safeParse(query);
    expect(error?.issues[0]?.path[0]).toBe(Object.keys(query)[0]);
  });

  test.each(['of another customer', 'of no payment'])('a cursor %s is refused', async (kind) => {
    const { context, id } = await standing();
    const { headers } = await signedIn(context);
    const cursor = kind === 'of no payment' ? randomUUID() : id;
    const answer = await testApp(context).request(`/api/payments?cursor=${cursor}`, { headers });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ fields: [{ field: 'cursor' }] });
  });

  test('show no payment of another customer', async () => {
    const { context } = await standing();
    const { headers } = await signedIn(context);
    const answer = await testApp(context).request('/api/payments', { headers });
    expect(await answer.json()).toEqual({ payments: [], nextCursor: null });
  });
});

describe('a search', () => {
  test('finds a part of the name in any case, the text, the amount, whole kroner, and the account number', async () => {
    const { copy, names } = await standing();
    const other = { creditor_name: 'Annen', remittance_text: 'x', amount: 1 };
    await copy({ ...other, creditor_account_number: '60000000006' });
    for (const search of ['øst str', 'mars 100%', '250', '250,50 kr', '1503 20', ' \u0000 strøm\n'])
      expect(await names('', search), search).toEqual(['Øst Strøm AS']);
  });

  test('finds a part of a KID', async () => {
    const { copy, names } = await standing();
    await copy({ creditor_name: 'Kraft', remittance_text: null, kid: '0081234567890' });
    expect(await names('', '1234 567')).toEqual(['Kraft']);
  });

  test('finds the short reference, which is the end of the id', async () => {
    const { copy, id, names, page } = await standing();
    await copy({ creditor_name: 'Annen' });
    const reference = (await page()).payments.find((payment) => payment.id === id)?.reference ?? '';
    expect(reference).toBe(shortReferenceOf(id));
    for (const search of [reference, reference.toLowerCase().replace('-', ' ')])
      expect(await names('', search), search).toEqual(['Øst Strøm AS']);
  });

  test('takes every sign for itself', async () => {
    const { names } = await standing();
    expect(await names('', '%')).toEqual(['Øst Strøm AS']);
    for (const search of ['_st', "' or true --", '251', '250,00', '15'])
      expect(await names('', search)).toEqual([]);
  });

  test('of spaces and control characters finds everything', async () => {
    expect(await (await standing()).names('', ' \u0000\n ')).toEqual(['Øst Strøm AS']);
  });

  test.each([
    ['that is not percent-encoded', '%'],
    ['that is no UTF-8', '%ff'],
    ['that is too long', 'x'.repeat(141)],
  ])('%s is refused', async (_, header) => {
    const { ask } = await standing();
    const answer = await ask('GET', '/api/payments', undefined, { 'drop-search': header });
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ field: 'drop-search' }] } });
    expect(JSON.stringify(answer.body)).not.toContain('xxx');
  });

  test('that examines its most payments without a find goes on with the next page', async () => {
    const { database, id } = await standing();
    await copyPayments(database, id, 7);
    const { user_id: userId } = await database
      .selectFrom('transactions')
      .select('user_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const search = { text: 'Betaling 6', digits: undefined, oere: undefined, idEnding: undefined };
    const found: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined, last = false; !last && pages < 9; pages += 1) {
      const page = await readPaymentPage(database, { userId, search, cursor, limit: 5, examinedMax: 3 });
      found.push(...page.payments.map(({ order }) => order.creditorName));
      cursor = page.nextCursor;
      last = cursor === undefined;
    }
    expect({ found, pages }).toEqual({ found: ['Betaling 6'], pages: 3 });
  });
});

describe('filters', () => {
  test('of statuses show these statuses only', async () => {
    const { copy, names } = await standing();
    await copy({ creditor_name: 'Avvist', status: 'rejected' });
    await copy({ creditor_name: 'Utført', status: 'settled' });
    expect(await names('?status=rejected')).toEqual(['Avvist']);
    expect((await names('?status=rejected&status=settled')).sort()).toEqual(['Avvist', 'Utført']);
  });

  test('of days count days in Norway, both included', async () => {
    const { copy, names } = await standing();
    await copy({ creditor_name: 'Før midnatt', created_at: new Date('2026-02-21T22:59:59Z') });
    await copy({ creditor_name: 'Etter midnatt', created_at: new Date('2026-02-21T23:00:00Z') });
    expect(await names('?from=2026-02-22')).toEqual(['Øst Strøm AS', 'Etter midnatt']);
    expect(await names('?to=2026-02-21')).toEqual(['Før midnatt']);
    expect(await names('?from=2026-02-22&to=2026-02-22')).toEqual(['Etter midnatt']);
  });

  test('of the day of settlement count days in Norway, and leave out what is not settled', async () => {
    const { copy, names } = await standing();
    const created_at = new Date(0);
    const settled = { status: 'settled', created_at } as const;
    await copy({ ...settled, creditor_name: 'Før midnatt', settled_at: new Date('2026-01-31T22:59:59Z') });
    await copy({ ...settled, creditor_name: 'Etter midnatt', settled_at: new Date('2026-01-31T23:00:00Z') });
    expect(await names('?settledFrom=2026-02-01')).toEqual(['Etter midnatt']);
  });
});
