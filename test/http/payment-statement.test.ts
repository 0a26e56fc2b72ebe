import { describe, expect, test } from 'vitest';
import type { ManualClock } from '#domain/clock.ts';
import { statementQuerySchema } from '#http/contract/payments.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import { readStatement } from '#usecases/documents/statement/read.ts';
import { writeStatementPdf } from '#usecases/documents/statement/statement.ts';
import { copyPayment, copyPayments } from '../support/copied-payments.ts';
import { signedIn, testApp } from '../support/http-app.ts';
import { readPdf } from '../support/pdf.ts';
import { payingCustomer } from './paying-customer.ts';

const year = 'from=2026-01-01&to=2026-12-31';

/** A customer with one payment, created at 15:30 in Norway on 23 February 2026. */
async function standing() {
  const { ask, context, accountId } = await payingCustomer();
  const amount = { amount: 125_050, currency: 'NOK' };
  const creditor = { name: 'Øst; Strøm "AS"', accountNumber: '15032080178' };
  const { body } = await ask('POST', '/api/payments', { accountId, amount, creditor, text: '=1+1' });
  const id = String(body['id']);
  const { database } = context.store;
  const { user_id: userId } = await database
    .selectFrom('transactions')
    .select('user_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const user = { id: userId, name: 'Kari Nordmann', kycStatus: 'approved' } as const;
  const owner = (await signedIn(context, user)).headers;
  const app = testApp(context);
  const get = async (form: string, query = year, headers: Record<string, string> = owner) =>
    app.request(`/api/payment-statement.${form}?${query}`, { headers });
  const lines = async (query = year) =>
    (await (await get('csv', query)).text()).split('\r\n').filter((line) => line !== '');
  const copy = (change: Parameters<typeof copyPayment>[2]) => copyPayment(database, id, change);
  return { context, owner, user, database, id, get, lines, copy };
}

describe('the CSV', () => {
  test('in Norwegian has semicolons, decimal commas and days as Norwegian spreadsheets read them', async () => {
    const { get, id } = await standing();
    const response = await get('csv', `${year}&locale=nb`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="drop-betalinger-2026-01-01-2026-12-31.csv"',
      'cache-control': 'private, no-store',
    });
    const bytes = Buffer.from(await response.bytes());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(
      bytes
        .subarray(3)
        .toString()
        .replace(/\d{4}\.\d\d\.\d{5};V/, '#;V'),
    ).toBe(
      'Dato;Klokkeslett;Mottaker;Til konto;Beløp;Valuta;KID eller melding;Fra bank;Fra konto;Status;Betalt dato;' +
        'Referanse\r\n' +
        `23.02.2026;15:30;"Øst; Strøm ""AS""";1503.20.80178;1250,50;NOK;'=1+1;DNB;#;` +
        `Venter på godkjenning;;${shortReferenceOf(id)}\r\n`,
    );
  });

  test('in English has commas, decimal points and ISO days', async () => {
    const { lines, copy } = await standing();
    await copy({
      status: 'settled',
      settled_at: new Date('2026-02-24T23:30:00Z'),
      created_at: new Date('2026-02-22T23:30:00Z'),
      remittance_text: null,
      kid: '0012345678903',
    });
    const [head, , settled] = await lines(`${year}&locale=en`);
    expect(head).toMatch(/^Date,Time,Recipient,To account,Amount,/);
    expect(settled).toMatch(
      /^2026-02-23,00:30,.*,1250\.50,NOK,KID 0012345678903,.*,Paid,2026-02-25,[\dA-Z]{4}-[\dA-Z]{4}$/,
    );
  });

  test('has every payment of the period once, the newest first, and none beside it', async () => {
    const { lines, copy, database, id } = await standing();
    await copyPayments(database, id, 1_100);
    await copy({ creditor_name: 'Før', created_at: new Date('2026-02-19T22:59:59Z') });
    await copy({ creditor_name: 'Etter', created_at: new Date('2026-02-23T23:00:00Z') });
    const found = (await lines('from=2026-02-20&to=2026-02-23')).slice(1);
    expect(found).toHaveLength(1_101);
    expect(new Set(found).size).toBe(1_101);
    expect(found.at(1)).toContain('Betaling 1;');
    expect(found.at(-1)).toContain('Betaling 1100;');
    expect(found.join()).not.toMatch(/Før|Etter/);
  });

  test('is read page by page in turn with others', async () => {
    const { context, database, id, user } = await standing();
    await copyPayments(database, id, 350);
    let [inProgress, most] = [0, 0];
    const counting = database.withPlugin({
      transformQuery: ({ node }) => ((most = Math.max(most, (inProgress += 1))), node),
      transformResult: async ({ result }) => ((inProgress -= 1), result),
    });
    const asked = { form: 'csv', period: { from: '2026-01-01', to: '2026-12-31' } } as const;
    const store = { ...context.store, database: counting };
    const [one, other] = [
      await readStatement({ store }, user, asked),
      await readStatement({ store }, user, asked),
    ];
    const sizes = async (pages: AsyncGenerator<unknown[]>): Promise<number[]> => {
      const read: number[] = [];
      for await (const { length } of pages) read.push(length);
      return read;
    };
    expect(await Promise.all([sizes(one), sizes(other)])).toEqual(Array(2).fill([100, 100, 100, 51]));
    expect(most).toBe(1);
  });

  test('says of a contradicted payment that it is not known, and of one put aside that it is', async () => {
    const { lines, copy } = await standing();
    const at = new Date('2026-02-20T12:00:00Z');
    await copy({ status: 'settled', settled_at: at, contradicted_at: at, contradiction: [], created_at: at });
    await copy({ dismissed_at: at, created_at: new Date('2026-02-19T12:00:00Z') });
    const [, , contradicted, dismissed] = await lines();
    expect(contradicted).toMatch(/;Uavklart;;/);
    expect(dismissed).toMatch(/;Lagt bort;;/);
  });
});

describe('the PDF', () => {
  test('has a row for each payment, the sum of those that were paid, and the same bytes again', async () => {
    const { context, get, copy, id } = await standing();
    const at = new Date('2026-02-20T12:00:00Z');
    await copy({ status: 'settled', settled_at: at, created_at: at });
    await copy({ status: 'settled', settled_at: at, contradicted_at: at, contradiction: [], created_at: at });
    const response = await get('pdf');
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const bytes = Buffer.from(await response.bytes());
    const [root] = readPdf(bytes).tree;
    expect(root?.children.map(({ tag }) => tag)).toEqual(['H1', 'P', 'P', 'P', 'Table', 'P']);
    expect(root?.children[3]?.text).toBe('Betalt: 1\u00a0250,50\u00a0kr (1 betaling)');
    const rows = root?.children[4]?.children ?? [];
    expect(rows).toHaveLength(4);
    expect(rows[1]?.children[1]?.text).toContain(shortReferenceOf(id));
    context.clock.advance(60_000);
    expect(Buffer.from(await (await get('pdf')).bytes()).equals(bytes)).toBe(true);
  });

  test('is written when the one before is, whoever asked for it and whether it could be written', async () => {
    const { context, database, id, user } = await standing();
    await copyPayments(database, id, 40);
    const turns: string[] = [];
    const write = (name: string, from = '2026-01-01') => {
      const clock = Object.assign(Object.create(context.clock) as ManualClock, {
        afterTurn: (task: () => void) => void (turns.push(name), context.clock.afterTurn(task)),
      });
      const period = { from, to: '2026-12-31' };
      return writeStatementPdf({ ...context, clock }, user, { period, locale: 'nb' });
    };
    const [first, failed, last] = await Promise.allSettled([
      write('first'),
      write('none', 'x'),
      write('last'),
    ]);
    expect([first.status, failed.status, last.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(turns.filter((name, index) => name !== turns[index - 1])).toEqual(['first', 'last']);
  });
});

describe.each(['csv', 'pdf'])('a statement as %s', (form) => {
  test('shows no payment of another customer', async () => {
    const { context, get, id } = await standing();
    const stranger = (await signedIn(context)).headers;
    const response = await get(form, year, stranger);
    expect(response.status).toBe(200);
    const text = Buffer.from(await response.bytes()).toString('latin1');
    expect(text).not.toContain(shortReferenceOf(id));
    if (form === 'csv') expect(text.split('\r\n')).toHaveLength(2);
  });

  test('needs a session', async () => {
    const { get } = await standing();
    const response = await get(form, year, {});
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'not_signed_in' }]);
  });

  test('of more than a year is refused', async () => {
    const { get } = await standing();
    const response = await get(form, 'from=2026-01-01&to=2027-01-02');
    expect([response.status, await response.json()]).toMatchObject([400, { fields: [{ field: 'to' }] }]);
  });
});

test.each([
  ['without a beginning', { to: '2026-02-23' }, 'from'],
  ['that ends before it begins', { from: '2026-02-23', to: '2026-02-22' }, 'to'],
  ['from a day that does not exist', { from: '2026-02-30', to: '2026-03-01' }, 'from'],
])('a period %s is refused', (_what, query, field) => {
  expect(statementQuerySchema.safeParse(query).error?.issues[0]?.path).toEqual([field]);
});

test('a PDF of more than 1,000 payments is refused, also to a browser, and a CSV is not', async () => {
  const { get, owner, database, id } = await standing();
  await copyPayments(database, id, 1_000);
  const refused = await get('pdf');
  expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'payment_statement_too_long' }]);
  const shown = await get('pdf', year, { ...owner, accept: 'text/html' });
  expect([shown.status, shown.headers.get('content-type')]).toEqual([422, 'text/html; charset=UTF-8']);
  expect((await get('csv')).status).toBe(200);
});
