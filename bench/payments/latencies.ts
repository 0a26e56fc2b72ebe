import { searchPaymentRows, type PaymentSearchFilters } from '../../src/store/payment-search.ts';
import { percentile } from '../percentile.ts';
import type { Readings } from '../harness.ts';
import { ask, begin } from './customer.ts';
import type { PayingCustomer } from './customers.ts';
import type { Grown } from './grown.ts';

/** One request, of a customer or of an operator, on a database with many payments or with few. */
type Act = (grown: Grown, turn: number) => Promise<unknown>;

/** How often each is asked in a round, one after the other. */
export interface Asked {
  name: string;
  times: number;
  act: Act;
}

/** The element of `among` whose turn it is. */
function inTurn<Each>(among: readonly Each[], turn: number): Each {
  const each = among[turn % among.length];
  if (each === undefined) throw new RangeError('there is none');
  return each;
}

interface Page {
  payments: { id: string }[];
  nextCursor: string | null;
}

const page = async (
  { served }: Grown,
  customer: PayingCustomer,
  { query = '', search }: { query?: string; search?: string } = {},
): Promise<Page> => {
  const headers = { ...(search !== undefined && { 'drop-search': encodeURIComponent(search) }) };
  return (await ask(served.origin, customer, { path: `/api/payments${query}`, headers })) as Page;
};

const read: Act = async (grown, turn) => {
  const customer = inTurn(grown.customers, turn);
  const id = inTurn(await knownOf(grown, customer), turn);
  return ask(grown.served.origin, customer, { path: `/api/payments/${id}` });
};

const known = new Map<string, string[]>();

/** Ids of a customer's payments, which are asked for once. */
async function knownOf(grown: Grown, customer: PayingCustomer): Promise<string[]> {
  const ids = known.get(customer.token) ?? (await page(grown, customer)).payments.map(({ id }) => id);
  known.set(customer.token, ids);
  return ids;
}

const late: Act = async (grown, turn) => {
  const ids = await knownOf(grown, grown.rich);
  return page(grown, grown.rich, { query: `?cursor=${inTurn(ids, turn)}` });
};

const pay: Act = ({ served, customers }, turn) => begin(served.origin, inTurn(customers, turn));

/** The acts of customers, of whom each has a hundred payments. */
export const acts: readonly Asked[] = [
  { name: 'list', times: 150, act: (grown, turn) => page(grown, inTurn(grown.customers, turn)) },
  {
    name: 'search',
    times: 150,
    act: (grown, turn) => page(grown, inTurn(grown.customers, turn), { search: 'mottaker 12' }),
  },
  { name: 'read', times: 150, act: read },
  { name: 'pay', times: 150, act: pay },
  { name: 'list of 10,000', times: 100, act: late },
  { name: 'search of 10,000', times: 30, act: (grown) => page(grown, grown.rich, { search: 'nobody' }) },
];

const operators = (filters: (grown: Grown) => PaymentSearchFilters): Act => {
  return async (grown) => {
    const found = await searchPaymentRows(grown.stage.context.store.database, filters(grown), 50);
    if (found.length === 0) throw new RangeError('what is searched is there');
    return found;
  };
};

/** `npx drop payments list`, without the start of its process. */
export const operatorActs: readonly Asked[] = [
  { name: '--kid', times: 20, act: operators(({ rare: { kid } }) => ({ kid })) },
  { name: '--amount', times: 20, act: operators(({ rare: { amount } }) => ({ amount })) },
  { name: '--account', times: 20, act: operators(({ rare: { accountNumber } }) => ({ accountNumber })) },
];

/**
 * The 50th and 95th percentile of each act, in milliseconds, on every side: one request at a time, the sides in turn
 * by request, so that whatever else the machine does falls on all of them.
 */
export async function latencies(sides: readonly Grown[], asked: readonly Asked[]): Promise<Readings[]> {
  const readings = sides.map((): Record<string, number> => ({}));
  for (const { name, times, act } of asked) {
    const spent = await spentOn(sides, act, times);
    for (const [index, ms] of spent.entries()) {
      Object.assign(readings[index] ?? {}, {
        [`${name}, median ms`]: percentile(ms, 0.5),
        [`${name}, p95 ms`]: percentile(ms, 0.95),
      });
    }
  }
  return readings;
}

async function spentOn(sides: readonly Grown[], act: Act, times: number): Promise<number[][]> {
  const spent = sides.map((): number[] => []);
  for (let turn = 0; turn < times; turn += 1) {
    const order = [...sides.entries()];
    for (const [index, side] of turn % 2 === 0 ? order : order.toReversed()) {
      const startedAt = performance.now();
      await act(side, turn);
      spent[index]?.push(performance.now() - startedAt);
    }
  }
  return spent;
}
