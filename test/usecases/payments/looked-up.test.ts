import { expect, test } from 'vitest';
import { shownText } from '#cli/payments-text.ts';
import { DropError } from '#domain/errors.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import type { AccountTransaction } from '#domain/payment/statement.ts';
import type { TransactionPeriod, TransactionReading } from '#services/open-banking/service.ts';
import { askSoon } from '#store/due-payments.ts';
import { timelines } from '#store/payment-events.ts';
import { findPayment, type Payment } from '#store/payments.ts';
import { takeUnattendedRead } from '#store/unattended-reads.ts';
import { compareFinalPayments } from '#usecases/payments/compare-final.ts';
import { explainPayment } from '#usecases/operate/payments/show.ts';
import { reconcileDuePayments } from '#usecases/payments/reconcile-due.ts';
import { copyPayment } from '../../support/copied-payments.ts';
import type { MadeUpBank } from '../banking/made-up-bank.ts';
import { linkedBank } from './linked-bank.ts';

const dayMs = 86_400_000;

/** A payment without an answer, at a bank whose account shows what a test says. */
class Unanswered {
  readonly #bank: MadeUpBank;
  readonly id: string;
  readonly periods: TransactionPeriod[] = [];
  /** As the bank shows them when it is asked. */
  transactions: AccountTransaction[] | Error = [];

  private constructor(bank: MadeUpBank, id: string) {
    this.#bank = bank;
    this.id = id;
  }

  static async start(change: Partial<TransactionReading> = {}): Promise<Unanswered> {
    const { bank, send } = await linkedBank();
    const { pis, ais } = bank.provider;
    bank.provider = { ...bank.provider, pis: { ...pis, needsApproval: false } };
    bank.provider.pis.initiatePayment = async () =>
      Promise.reject(new DropError('payment_outcome_unknown', { outcome: 'unknown' }));
    const payment = new Unanswered(bank, (await send()).id);
    const reading: TransactionReading = {
      carries: 'end_to_end_id',
      areCovered: async () => true,
      async readTransactions(_account, period) {
        payment.periods.push(period);
        if (payment.transactions instanceof Error) throw payment.transactions;
        return payment.transactions;
      },
      ...change,
    };
    bank.provider = { ...bank.provider, ais: { ...ais, transactions: reading } };
    return payment;
  }

  /** A transaction of the payment, as an honest bank shows it. */
  own(change: Partial<AccountTransaction> = {}): AccountTransaction {
    return {
      reference: 'entry-1',
      isDebit: true,
      isBooked: true,
      day: '2026-02-23',
      money: { amount: 25_000, currency: 'NOK' },
      counterpartyAccountNumber: '15032080178',
      kid: undefined,
      endToEndId: endToEndIdOf(this.id),
      ...change,
    };
  }

  /** Lets time pass, and does what is due then. */
  async after(ms: number): Promise<Payment & { lookUp: unknown }> {
    this.#bank.context.clock.advance(ms);
    await reconcileDuePayments(this.#bank.context);
    return this.read();
  }

  /** An operator wants the bank asked now. */
  async wanted(): Promise<Payment & { lookUp: unknown }> {
    const { store, clock } = this.#bank.context;
    await askSoon(store.database, this.id, { status: 'unknown', at: clock.now() });
    return this.after(0);
  }

  async compare(): Promise<Payment & { lookUp: unknown }> {
    this.#bank.context.clock.advance(2 * 3_600_000);
    const { context } = this.#bank;
    context.entropy = { ...context.entropy, uuid: () => '00000000-0000-4000-8000-000000000000' };
    await compareFinalPayments(this.#bank.context);
    return this.read();
  }

  async read(): Promise<Payment & { lookUp: unknown }> {
    const { database } = this.#bank.context.store;
    const payment = await findPayment(database, { id: this.id });
    const row = await database
      .selectFrom('transactions')
      .select('look_up')
      .where('id', '=', this.id)
      .executeTakeFirst();
    if (!payment) throw new Error('no payment');
    return { ...payment, lookUp: row?.look_up };
  }

  /** As `drop payments show` tells it. */
  async told(): Promise<string> {
    const author = { actorName: 'Ola', reason: 'test' };
    const named = { name: this.id, providers: [] };
    return shownText(await explainPayment(this.#bank.context, named, author));
  }

  /** Another payment of the same customer, settled under the bank's `reference`. */
  async payAnother({ reference }: { reference: string }): Promise<void> {
    const { database } = this.#bank.context.store;
    await copyPayment(database, this.id, { status: 'settled', payment_id: reference, due_at: null });
  }

  /** As if the account's balance had been read so often. */
  async useUpReadings(): Promise<void> {
    const { store, clock } = this.#bank.context;
    const { accountId } = await this.read();
    const at = clock.now();
    for (let reading = 0; reading < 4; reading += 1)
      await takeUnattendedRead(store.database, { accountId, at, since: new Date(0), max: 4 });
  }

  async timeline() {
    return (await timelines(this.#bank.context.store.database, [this.id])).get(this.id);
  }

  async alerts(): Promise<string[]> {
    const { database } = this.#bank.context.store;
    const rows = await database.selectFrom('outbox').select('code').where('user_id', 'is', null).execute();
    return rows.map(({ code }) => code);
  }
}

test('a payment without an answer that its account shows as booked is settled, by asking', async () => {
  const payment = await Unanswered.start();
  expect(await payment.read()).toMatchObject({ status: 'unknown' });
  payment.transactions = [payment.own()];
  expect(await payment.after(31_000)).toMatchObject({
    status: 'settled',
    reference: undefined,
    contradictedAt: undefined,
    lookUp: { outcome: 'proven', hints: [] },
  });
  expect((await payment.timeline())?.at(-1)).toMatchObject({ status: 'settled' });
});

test('a look-up that failed is made again at once where an operator wants that', async () => {
  const payment = await Unanswered.start();
  payment.transactions = new Error('the bank is down');
  expect(await payment.after(31_000)).toMatchObject({ lookUp: { outcome: 'failed' } });
  payment.transactions = [payment.own()];
  expect(await payment.after(60_000)).toMatchObject({ status: 'unknown' });
  expect(await payment.wanted()).toMatchObject({ status: 'settled' });
});

test('an operator who asks has no more readings of an account than Drop', async () => {
  const payment = await Unanswered.start();
  await payment.useUpReadings();
  payment.transactions = [payment.own()];
  expect(await payment.wanted()).toMatchObject({ status: 'unknown', lookUp: { outcome: 'failed' } });
  expect(payment.periods).toEqual([]);
});

test('one whose money is reserved is in process, and settled once it is booked', async () => {
  const payment = await Unanswered.start();
  payment.transactions = [payment.own({ isBooked: false })];
  expect(await payment.after(31_000)).toMatchObject({ status: 'processing' });
  payment.transactions = [payment.own()];
  expect(await payment.after(600_000)).toMatchObject({ status: 'settled' });
});

test('one that is booked on a day to come is in process until then', async () => {
  const payment = await Unanswered.start();
  payment.transactions = [payment.own({ day: '2099-12-31' })];
  expect(await payment.after(31_000)).toMatchObject({ status: 'processing', contradictedAt: undefined });
  payment.transactions = [payment.own()];
  expect(await payment.after(600_000)).toMatchObject({ status: 'settled' });
});

test.each<[string, Partial<AccountTransaction>, string[]]>([
  ['another amount', { money: { amount: 1_000_000, currency: 'NOK' } }, ['amount']],
  ['another currency', { money: { amount: 25_000, currency: 'EUR' } }, ['amount']],
  ['another payee', { counterpartyAccountNumber: '95360573002' }, ['creditorAccountNumber']],
])(
  '%s under its end-to-end id settles nothing, and alarms the operators',
  async (_case, lie, differences) => {
    const payment = await Unanswered.start();
    payment.transactions = [payment.own(lie)];
    const after = await payment.after(31_000);
    expect(after).toMatchObject({ status: 'unknown', contradiction: differences });
    expect(after.contradictedAt).toBeDefined();
    expect(await payment.alerts()).toContain('another_order');
  },
);

test('two booked transactions with its end-to-end id settle nothing, and alarm the operators', async () => {
  const payment = await Unanswered.start();
  payment.transactions = [payment.own(), payment.own({ reference: 'entry-2' })];
  expect(await payment.after(31_000)).toMatchObject({
    status: 'unknown',
    contradiction: ['second_payment'],
  });
  expect(await payment.alerts()).toContain('another_order');
});

test('one that was booked and came back settles nothing, and is a hint for the operators', async () => {
  const payment = await Unanswered.start();
  payment.transactions = [payment.own(), payment.own({ isDebit: false, reference: 'entry-2' })];
  expect(await payment.after(31_000)).toMatchObject({
    status: 'unknown',
    lookUp: { outcome: 'hints', hints: [{ kind: 'returned', reference: 'entry-2' }] },
  });
});

test('the same amount and payee without the end-to-end id is a hint and moves nothing', async () => {
  const payment = await Unanswered.start({ carries: 'nothing' });
  payment.transactions = [payment.own({ endToEndId: undefined })];
  expect(await payment.after(31_000)).toMatchObject({
    status: 'unknown',
    contradictedAt: undefined,
    lookUp: { outcome: 'hints', hints: [{ kind: 'alike', reference: 'entry-1', day: '2026-02-23' }] },
  });
  const told = await payment.told();
  expect(told).toContain('In the account: no transaction proves it; these may belong to it');
  expect(told).toContain(
    '2026-02-23 booked entry-1: has the same amount and the same or no account of the payee',
  );
});

test('a transaction with the reference of another payment of Drop is no hint, and others like it are', async () => {
  const payment = await Unanswered.start({ carries: 'nothing' });
  await payment.payAnother({ reference: 'entry-1' });
  payment.transactions = [
    payment.own({ endToEndId: undefined }),
    payment.own({ endToEndId: undefined, reference: 'entry-2' }),
    payment.own({ endToEndId: undefined, reference: undefined }),
  ];
  expect(await payment.after(31_000)).toMatchObject({
    lookUp: { outcome: 'hints', hints: [{ kind: 'alike', reference: 'entry-2' }, { kind: 'alike' }] },
  });
  payment.transactions = [payment.own({ endToEndId: undefined })];
  expect(await payment.after(600_000)).toMatchObject({ lookUp: { outcome: 'nothing', hints: [] } });
});

test('what carries its end-to-end id stays a hint, whatever reference the bank gives it', async () => {
  const payment = await Unanswered.start();
  await payment.payAnother({ reference: 'entry-1' });
  payment.transactions = [payment.own({ counterpartyAccountNumber: undefined })];
  expect(await payment.after(31_000)).toMatchObject({ lookUp: { hints: [{ kind: 'own_id' }] } });
});

test('that nothing is found proves nothing, however often it is looked for', async () => {
  const payment = await Unanswered.start();
  for (const ms of [31_000, 600_000, 6 * 3_600_000, dayMs, dayMs, dayMs])
    expect(await payment.after(ms)).toMatchObject({ status: 'unknown', lookUp: { outcome: 'nothing' } });
});

test('where the unattended readings of the day are used up, the bank is not asked', async () => {
  const payment = await Unanswered.start();
  await payment.useUpReadings();
  expect(await payment.after(31_000)).toMatchObject({ status: 'unknown', lookUp: { outcome: 'failed' } });
  expect(payment.periods).toEqual([]);
});

test('the days that are read begin a day before the hand-over', async () => {
  const payment = await Unanswered.start();
  const { initiatedAt } = await payment.after(31_000);
  const day = (ms: number): string => new Date((initiatedAt?.getTime() ?? 0) + ms).toISOString().slice(0, 10);
  expect(payment.periods).toEqual([{ from: day(-dayMs), to: day(0) }]);
});

test('transactions that the consent does not cover are not asked for', async () => {
  const payment = await Unanswered.start({ areCovered: async () => false });
  const lookUp = { outcome: 'not_covered', hints: [] };
  expect(await payment.after(31_000)).toMatchObject({ status: 'unknown', lookUp });
  expect(payment.periods).toEqual([]);
});

test('a bank that cannot be asked leaves it unknown until the next look-up', async () => {
  const payment = await Unanswered.start();
  payment.transactions = new DropError('bank_unavailable', { outcome: 'unknown' });
  expect(await payment.after(31_000)).toMatchObject({ status: 'unknown', lookUp: { outcome: 'failed' } });
  payment.transactions = [payment.own()];
  expect(await payment.after(600_000)).toMatchObject({ status: 'settled' });
});

test('a settled one that came back later is found by comparing, and alarms the operators', async () => {
  const payment = await Unanswered.start();
  payment.transactions = [payment.own()];
  expect(await payment.after(31_000)).toMatchObject({ status: 'settled' });
  payment.transactions = [payment.own(), payment.own({ isDebit: false, reference: 'entry-2' })];
  const compared = await payment.compare();
  expect(compared).toMatchObject({ status: 'settled' });
  expect(compared.contradictedAt).toBeDefined();
  expect(await payment.alerts()).toContain('final_status_contradicted');
});
