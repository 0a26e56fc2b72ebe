import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documented } from './documented.ts';
import { dayMs, EnableBankingWorld } from './world.ts';

let world: EnableBankingWorld;
beforeEach(async () => {
  world = await EnableBankingWorld.start();
});
afterEach(() => world.close());

interface Transaction extends Record<string, unknown> {
  entry_reference: string;
  transaction_id: string;
  transaction_date: string;
}
type Page = Record<string, unknown> & { transactions: Transaction[]; continuation_key: string | null };

const attended = { 'psu-ip-address': '192.0.2.7' };
const ago = (days: number): string =>
  new Date(world.stack.clock.now().getTime() - days * dayMs).toISOString().slice(0, 10);

async function read(uid: string, query: Record<string, string> = {}) {
  const path = `/accounts/${uid}/transactions?${new URLSearchParams(query).toString()}`;
  const { status, body } = await world.call('GET', path, { headers: attended });
  return { status, body: body as Page };
}

/** Follows the continuation keys to the end. */
async function readAll(uid: string, query: Record<string, string> = {}): Promise<Transaction[][]> {
  const pages: Transaction[][] = [];
  let key: string | null = null;
  do {
    const { body } = await read(uid, { ...query, ...(key !== null && { continuation_key: key }) });
    expect(documented('HalTransactions').safeParse(body)).toMatchObject({ success: true });
    pages.push(body.transactions);
    key = body.continuation_key;
  } while (key !== null);
  return pages;
}

describe('the pages of a list', () => {
  test('hold every transaction of ninety days once, the newest first', async () => {
    const pages = await readAll(await world.withTransactions('DNB'));
    const all = pages.flat();
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(all.map(({ entry_reference }) => entry_reference)).size).toBe(all.length);
    const days = all.map(({ transaction_date }) => transaction_date);
    expect(days).toEqual([...days].sort().reverse());
    expect(days.every((day) => day >= ago(90))).toBe(true);
  });

  test('are not shifted by a payment in between', async () => {
    const uid = await world.withTransactions('DNB');
    const before = (await readAll(uid)).flat().map(({ entry_reference }) => entry_reference);
    const first = await read(uid);
    await world.pay('DNB');
    await world.stack.pass(5_000);
    const second = await read(uid, { continuation_key: first.body.continuation_key ?? '' });
    const read40 = [...first.body.transactions, ...second.body.transactions];
    expect(read40.map(({ entry_reference }) => entry_reference)).toEqual(before.slice(0, 40));
  });

  test('are one unattended reading together', async () => {
    const uid = await world.withTransactions('DNB');
    const path = `/accounts/${uid}/transactions`;
    const statuses: number[] = [];
    for (let reading = 0; reading < 5; reading += 1) {
      const { status, body } = await world.call('GET', path);
      statuses.push(status);
      const key = body['continuation_key'];
      if (typeof key !== 'string') continue;
      const next = await world.call('GET', `${path}?continuation_key=${encodeURIComponent(key)}`);
      expect(next.status).toBe(200);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
  });

  test.each([
    ['that was never given', async () => 'none', {}],
    [
      'of another query',
      async (uid: string) => (await read(uid)).body.continuation_key ?? '',
      { transaction_status: 'BOOK' },
    ],
  ])('a continuation key %s is refused', async (_which, keyOf, query) => {
    const uid = await world.withTransactions('DNB');
    const { status, body } = await read(uid, { ...query, continuation_key: await keyOf(uid) });
    expect([status, body['error']]).toEqual([422, 'WRONG_CONTINUATION_KEY']);
  });

  test('a continuation key of another session is refused', async () => {
    const { body } = await read(await world.withTransactions('DNB'));
    const other = await read(await world.withTransactions('DNB'), {
      continuation_key: body.continuation_key ?? '',
    });
    expect([other.status, other.body['error']]).toEqual([422, 'WRONG_CONTINUATION_KEY']);
  });
});

describe('the period of a list', () => {
  test.each<[string, () => Record<string, string>, string]>([
    ['an end without a beginning', () => ({ date_to: ago(1) }), 'DATE_TO_WITHOUT_DATE_FROM'],
    ['a beginning in the future', () => ({ date_from: ago(-1) }), 'DATE_FROM_IN_FUTURE'],
    ['an end before its beginning', () => ({ date_from: ago(1), date_to: ago(2) }), 'WRONG_DATE_INTERVAL'],
    ['more than the bank keeps', () => ({ date_from: ago(800) }), 'WRONG_TRANSACTIONS_PERIOD'],
  ])('%s is refused', async (_what, query, code) => {
    const { status, body } = await read(await world.withTransactions('DNB'), query());
    expect([status, body['error']]).toEqual([422, code]);
    expect(documented('ErrorResponse').safeParse(body)).toMatchObject({ success: true });
  });

  test('includes both its days', async () => {
    const uid = await world.withTransactions('DNB');
    const [newest] = (await readAll(uid)).flat();
    const day = newest?.transaction_date ?? '';
    const [only = []] = await readAll(uid, { date_from: day, date_to: day });
    expect(only.map(({ transaction_date }) => transaction_date)).toContain(day);
    expect(new Set(only.map(({ transaction_date }) => transaction_date)).size).toBe(1);
  });

  test('is the longest that the bank keeps where that strategy is asked for', async () => {
    const uid = await world.withTransactions('DNB');
    const all = (await readAll(uid, { strategy: 'longest', date_from: ago(900) })).flat();
    const oldest = all.at(-1)?.transaction_date ?? '';
    expect(oldest >= ago(730)).toBe(true);
    expect(oldest < ago(700)).toBe(true);
  });
});

test('a payment is pending while it is carried out, and booked afterwards', async () => {
  const uid = await world.withTransactions('DNB');
  const reference = await world.pay('DNB');
  await world.stack.pass(750);
  const pending = await read(uid, { transaction_status: 'PDNG' });
  expect(pending.body.transactions).toMatchObject([
    { entry_reference: reference, status: 'PDNG', booking_date: null, credit_debit_indicator: 'DBIT' },
  ]);
  await world.stack.pass(5_000);
  const { body } = await world.call('GET', `/accounts/${uid}/transactions/${reference}`);
  expect(body).toMatchObject({
    status: 'BOOK',
    transaction_amount: { currency: 'NOK', amount: '100.00' },
    creditor: { name: 'Nordlys Strøm AS' },
    creditor_account: { iban: 'NO0995360573002' },
  });
});

test('the same transaction has the same reference in the next consent', async () => {
  const references = async () => {
    const { body } = await read(await world.withTransactions('Handelsbanken'));
    return body.transactions.map(({ entry_reference }) => entry_reference);
  };
  expect(await references()).toEqual(await references());
});

test('a consent without transactions reads none', async () => {
  const uid = await world.withTransactions('DNB', 0, { transactions: false });
  const { status, body } = await read(uid);
  expect([status, body['error']]).toEqual([403, 'ACCESS_DENIED']);
});

test('a transaction that is not there is not found', async () => {
  const uid = await world.withTransactions('DNB');
  const { status, body } = await world.call('GET', `/accounts/${uid}/transactions/none`);
  expect([status, body['error']]).toEqual([404, 'TRANSACTION_DOES_NOT_EXIST']);
});
