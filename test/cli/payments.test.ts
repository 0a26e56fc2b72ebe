import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { shortReferenceOf } from '#domain/payment/short-reference.ts';
import type { Queries } from '#store/database.ts';
import { askSoon } from '#store/due-payments.ts';
import { appendPaymentEvent } from '#store/payment-events.ts';
import { askBank, type AskedPayment } from '#usecases/operate/payments/ask-bank.ts';
import { searchPayments } from '#usecases/operate/payments/search.ts';
import { explainPayment } from '#usecases/operate/payments/show.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { copyPayment } from '../support/copied-payments.ts';
import type { TestContext } from '../support/context.ts';
import { report } from '../usecases/banking/made-up-bank.ts';
import { linkedBank } from '../usecases/payments/linked-bank.ts';
import { drop, linesOf, type Ran } from './program.ts';

const reason = ['--reason', 'alert of today', '--as', 'ida'];

const author = { actorName: 'ida', reason: 'complaint' };

/** A payment that waits for its customer at a made-up bank, and the program on its database. */
async function world() {
  const { bank, send } = await linkedBank();
  const { context, provider } = bank;
  provider.pis.initiatePayment = async () => report({ reference: 'payment-1' });
  const { id } = await send();
  const { database, url } = { database: context.store.database, url: context.store.url };
  const payments = (...parameters: string[]): Promise<Ran> =>
    drop(['payments', ...parameters], { DATABASE_URL: url });
  const copy = (change: Parameters<typeof copyPayment>[2]) => copyPayment(database, id, change);
  return { bank, context, database, provider, id, payments, copy };
}

test('the list has filters and pages, and neither names nor whole account numbers', async () => {
  const { payments, id, copy } = await world();
  const older = await copy({
    status: 'unknown',
    created_at: new Date(0),
    due_at: new Date(0),
    amount: 1_250_50,
  });
  const oldest = await copy({
    status: 'unknown',
    created_at: new Date(-1),
    due_at: new Date(0),
    bank_name: 'Sør',
  });
  const all = await payments('list');
  expect(all.output.split('\n').map((line) => line.slice(0, 36).trim())).toEqual([
    'ID',
    id,
    older,
    oldest,
    '',
  ]);
  const json = await payments('list', '--json', '--limit', '2', '--since', '1960-01-01');
  expect(linesOf(json)).toMatchObject([
    {
      id,
      status: 'awaiting_authorisation',
      amount: 25_000,
      creditorAccount: expect.stringMatching(/\*|•|…|x/i) as string,
    },
    { id: older },
  ]);
  for (const { output } of [all, json]) expect(output).not.toMatch(/Strømselskapet|15032080178|Kari/);
  const rest = `--since 1960-01-01T00:00:00.000Z --after ${older} --limit 2 --json`;
  expect(json.errors).toBe(`More payments match: npx drop payments list ${rest}\n`);
  expect(linesOf(await payments('list', ...rest.split(' ')))).toMatchObject([{ id: oldest }]);
});

test('each filter narrows the list', async () => {
  const { context, bank, id, copy } = await world();
  const unknown = { status: 'unknown', due_at: new Date(0), kid: '2345676', remittance_text: null } as const;
  const other = await copy({ ...unknown, amount: 1_250_50, bank_name: 'Sør', created_at: new Date(0) });
  for (const [filters, found] of [
    [{ status: 'unknown' }, [other]],
    [{ status: 'settled' }, []],
    [{ amount: 1_250_50 }, [other]],
    [{ kid: '2345676' }, [other]],
    [{ idEnding: id.slice(-10) }, [id]],
    [{ bank: 'sør' }, [other]],
    [{ provider: 'none' }, []],
    [{ provider: 'made-up' }, [id, other]],
    [{ accountNumber: '15032080178', until: new Date(1) }, [other]],
    [{ accountNumber: '12345678903', since: new Date(1) }, [id]],
    [{ accountNumber: '60000000006' }, []],
    [{ userId: bank.user.id }, [id, other]],
    [{ userId: id }, []],
  ] as const) {
    const { entries } = await searchPayments(context, filters, 10);
    expect(
      entries.map((entry) => entry.id),
      JSON.stringify(filters),
    ).toEqual(found);
  }
});

test('the short reference that a customer reads aloud finds the payment', async () => {
  const { payments, id } = await world();
  const spoken = shortReferenceOf(id).toLowerCase().replace('-', ' ');
  const listed = await payments('list', '--reference', spoken, '--json');
  expect(linesOf(listed)).toMatchObject([{ id, shortReference: shortReferenceOf(id) }]);
  const shown = await payments('show', spoken, ...reason);
  expect(shown.output).toContain(`shortReference    ${shortReferenceOf(id)}`);
});

test('what is no short reference is refused', async () => {
  const { payments } = await world();
  const { code, errors } = await payments('list', '--reference', '7K4M-Q2X');
  expect({ code, errors }).toMatchObject({
    code: 2,
    errors: expect.stringContaining('a short reference of eight signs') as string,
  });
});

test('two payments with one short reference are both named', async () => {
  const { context, id, copy } = await world();
  const twin = `00000000-0000-4000-8000-00${id.slice(-10)}`;
  await copy({ id: twin });
  const named = { name: shortReferenceOf(id), providers: [] };
  await expect(explainPayment(context, named, author)).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining(twin) as string,
  });
});

test('a page after a payment that does not exist is not found', async () => {
  const { context, bank } = await world();
  await expect(searchPayments(context, { after: bank.user.id }, 10)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test.each([
  ['a status that does not exist', ['--status', 'paid']],
  ['an end before the beginning', ['--since', '2026-02-02', '--until', '2026-02-01']],
  ['an amount in words', ['--amount', 'much']],
])('%s is a usage error', async (_, parameters) => {
  expect(await drop(['payments', 'list', ...parameters], {})).toMatchObject({ code: 2, output: '' });
});

test('a payment is explained with its timeline and what Drop does next, and the access is logged', async () => {
  const { bank, payments, database, context, id } = await world();
  const at = context.clock.now();
  const event = {
    status: 'settled',
    evidence: 'poll',
    wireStatus: 'ACSC',
    reasonCode: undefined,
    outcome: 'contradiction',
    differences: ['amount'],
    at,
    salt: 'salt',
  } as const;
  await appendPaymentEvent(database, { id, userId: bank.user.id }, event);
  const { code, output, errors } = await payments('show', id, ...reason);
  expect([code, errors]).toEqual([0, 'access logged: ida, reason: alert of today\n']);
  expect(output).toContain('contradiction: settled by poll (the bank: ACSC amount)');
  expect(output).toContain('→ awaiting_authorisation by initiation');
  expect(output).toMatch(/^amount +250\.00$/m);
  expect(output).toMatch(/^Next: Drop asks the bank whether the customer approved.*, at 2026-02-23T/m);
  expect(output).not.toMatch(/Strømselskapet|15032080178/);
  const again = await payments('show', endToEndIdOf(id), ...reason, '--json');
  expect(JSON.parse(again.output)).toMatchObject({
    id,
    next: { does: expect.stringContaining('asks the bank') as string },
    timeline: [
      { kind: 'event', outcome: 'moved' },
      { kind: 'event', differences: ['amount'] },
      { kind: 'access', actorName: 'ida', what: 'timeline', why: 'alert of today' },
    ],
  });
});

test("the timeline has calls, webhooks and messages, and the provider's id finds the payment", async () => {
  const { context, database, bank, id } = await world();
  const at = context.clock.now();
  await database
    .insertInto('outbound_calls')
    .values(
      ['payment-1', 'payment-10'].map((reference) => ({
        provider: 'made-up',
        operation: `made-up.read_${reference}`,
        attempt: 1,
        method: 'GET',
        origin: 'x',
        status: 503,
        duration_ms: 1,
        started_at: at,
        bank_id: 'sor',
        response: JSON.stringify({ paymentId: reference }),
      })),
    )
    .execute();
  await sql`
    insert into webhook_inbox (provider, deduplication_key, event_type, subject, raw_body, received_at, next_attempt_at)
    values ('made-up', 'k', 'payment.changed', 'payment-1', '', ${at}, ${at})
  `.execute(database);
  await sql`
    insert into outbox (id, channel, recipient, user_id, code, parameters, created_at, status)
    values (gen_random_uuid(), 'app', ${`user:${bank.user.id}`}, ${bank.user.id}, 'payment_settled',
      ${JSON.stringify({ paymentId: id })}, ${at}, 'delivered')
  `.execute(database);
  const name = { name: 'payment-1', providers: ['made-up'] };
  const { timeline } = await explainPayment(context, name, author);
  const found = timeline.filter(({ kind }) => kind !== 'event');
  expect(found).toMatchObject([
    { kind: 'call', operation: 'made-up.read_payment-1', bankId: 'sor', status: 503 },
    { kind: 'webhook', eventType: 'payment.changed' },
    { kind: 'message', code: 'payment_settled', channel: 'app' },
  ]);
});

test('entries of the access log cannot be changed', async () => {
  const { payments, database, id } = await world();
  await payments('show', id, ...reason);
  const change = database.updateTable('payment_access_log').set({ why: 'x' }).execute();
  await expect(change).rejects.toThrow('only ever added to');
  await expect(database.deleteFrom('payment_access_log').execute()).rejects.toThrow('only ever added to');
});

test.each(['show', 'reconcile'])('%s requires a reason', async (command) => {
  const { code, errors } = await drop(['payments', command, 'x'], {});
  expect(code).toBe(2);
  expect(errors).toContain('--reason');
});

test('a payment that does not exist is reported as such, and nothing is logged', async () => {
  const { payments, database } = await world();
  const answer = await payments('show', 'payment-2', ...reason);
  expect(answer).toEqual({ code: 1, output: '', errors: 'There is no payment payment-2.\n' });
  expect(await database.selectFrom('payment_access_log').select('id').execute()).toEqual([]);
});

async function evidenceOf(database: Queries): Promise<string[]> {
  const rows = await database.selectFrom('transaction_events').select('evidence').orderBy('id').execute();
  return rows.map(({ evidence }) => evidence);
}

/** Asks while a Drop reads due payments. */
async function asking(context: TestContext, id: string): Promise<AskedPayment> {
  const { clock } = context;
  let isOver = false;
  const asked = askBank(context, { name: id, providers: [] }, author).finally(() => (isOver = true));
  while (!isOver) {
    await reconcileDuePayments(context);
    clock.advance(500);
    await setImmediate();
  }
  return asked;
}

test('a running Drop asks the bank at once, and the answer counts', async () => {
  const { context, provider, database, id } = await world();
  await database
    .updateTable('transactions')
    .set({ due_at: new Date('2099-01-01') })
    .execute();
  provider.pis.readPayment = async () =>
    report({ status: 'settled', wireStatus: 'ACSC', reference: 'payment-1' });
  const asked = await asking(context, id);
  expect(asked).toMatchObject({
    isAsked: true,
    before: { status: 'awaiting_authorisation' },
    after: { status: 'settled' },
  });
  expect(await database.selectFrom('payment_access_log').selectAll().execute()).toMatchObject([
    { payment_id: id, actor_name: 'ida', what: 'reading', why: 'complaint' },
  ]);
  expect(await evidenceOf(database)).toEqual(['initiation', 'operator']);
});

test('the reading after the one that an operator wanted is one of Drop again', async () => {
  const { context, provider, database, id } = await world();
  const said = { wireStatus: 'WORD', reference: 'payment-1' };
  provider.pis.readPayment = async () => report({ status: 'processing', ...said });
  await asking(context, id);
  provider.pis.readPayment = async () => report({ status: 'settled', ...said });
  context.clock.advance(86_400_000);
  await reconcileDuePayments(context);
  expect(await evidenceOf(database)).toEqual(['initiation', 'operator', 'poll']);
});

test('what an operator wants while Drop asks the bank is asked for the operator afterwards', async () => {
  const { context, provider, database, id } = await world();
  const said = { wireStatus: 'WORD', reference: 'payment-1' };
  context.clock.advance(86_400_000);
  provider.pis.readPayment = async () => {
    await askSoon(database, id, { status: 'awaiting_authorisation', at: context.clock.now() });
    provider.pis.readPayment = async () => report({ status: 'settled', ...said });
    return report({ status: 'awaiting_authorisation', ...said });
  };
  await reconcileDuePayments(context);
  expect(await evidenceOf(database)).toEqual(['initiation', 'operator']);
});

test('a payment that is over is asked about once', async () => {
  const { context, provider, database, id } = await world();
  await database.updateTable('transactions').set({ due_at: null, status: 'settled' }).execute();
  provider.pis.readPayment = async () =>
    report({ status: 'settled', wireStatus: 'ACSC', reference: 'payment-1' });
  expect(await asking(context, id)).toMatchObject({
    isAsked: true,
    after: { status: 'settled', dueAt: null },
  });
});

test.each([
  ['being handed over', { status: 'initiating' }],
  ['that the bank does not have', { status: 'failed', payment_id: null }],
] as const)('a payment %s is not asked about', async (_, change) => {
  const { context, database, id } = await world();
  await database.updateTable('transactions').set(change).execute();
  const before = await database.selectFrom('transactions').select('due_at').execute();
  const asked = askBank(context, { name: id, providers: [] }, author);
  await expect(asked).rejects.toMatchObject({ code: 'invalid_request' });
  expect(await database.selectFrom('transactions').select('due_at').execute()).toEqual(before);
});
