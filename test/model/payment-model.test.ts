import { beforeAll, describe, expect, test } from 'vitest';
import { documentOf, type Found } from './document.ts';
import { allGuards, guardNames, lostGuards, type Guard } from './guards.ts';
import { paidAtMostOnce } from './laws.ts';
import { searchPayments } from './payment-model.ts';
import { search, type Searched } from './search.ts';
import type { Bank, Faults, World } from './world.ts';

const searchMsMax = 180_000;
const faults: Faults = { crashes: 1, losses: 1 };
const noFaults: Faults = { crashes: 0, losses: 0 };
const banks: readonly Bank[] = [false, true].flatMap((isIdempotent) =>
  [false, true].map((needsApproval) => ({ needsApproval, isIdempotent })),
);

let whole: { bank: Bank; searched: Searched<World> }[];
let found: Found[];

/** The faults that are put in need no death of a process and no lost message. */
function searchWithout(lost: readonly Guard[]): Found {
  const left = { ...allGuards, ...Object.fromEntries(lost.map((name) => [name, false])) };
  for (const bank of banks) {
    const searched = searchPayments(bank, { guards: left, faults: noFaults });
    if (searched.broken) return { lost, bank, searched };
  }
  throw new Error(`nothing is found without ${lost.join(' and ')}`);
}

beforeAll(() => {
  whole = banks.map((bank) => ({ bank, searched: searchPayments(bank, { guards: allGuards, faults }) }));
  found = lostGuards.map(searchWithout);
}, searchMsMax);

test('every law holds in every state that a payment can reach', () => {
  expect(whole.map(({ searched }) => searched.broken)).toEqual(banks.map(() => undefined));
});

test('the search visits the states in which a payment ends in each way', () => {
  expect(Math.min(...whole.map(({ searched }) => searched.states))).toBeGreaterThan(10_000);
});

test('a fault is found for each guard that is left out', () => {
  expect(new Set(found.flatMap(({ lost }) => lost))).toEqual(new Set(guardNames));
});

test('without the quarantine, an order that was sent twice is found to be paid twice', () => {
  const bank: Bank = { needsApproval: false, isIdempotent: false };
  const guards = { ...allGuards, waitsForQuarantine: false };
  const { broken } = searchPayments(bank, { guards, faults: noFaults, law: paidAtMostOnce });
  expect(broken?.law).toBe(paidAtMostOnce);
  expect(broken?.way.filter((step) => /claims|sends/.test(step))).toEqual([
    'a process claims the payment (1)',
    'a process sends (1)',
    'a process claims the payment (2)',
    'a process sends (2)',
  ]);
});

test('docs/payment-model.md is what the model says', async () => {
  await expect(await documentOf(whole, found, faults)).toMatchFileSnapshot('../../docs/payment-model.md');
});

describe('the search itself', () => {
  const space = {
    first: 0,
    keyOf: String,
    steps: (state: number) =>
      state > 8 ? [] : [1, 2].map((more) => ({ name: `+${more}`, isFault: more === 2, to: state + more })),
    breaks: (): string | undefined => undefined,
    isResolved: (state: number) => state === 9 || state === 10,
  };

  test('visits every state once', () => {
    expect(search(space)).toEqual({ states: 11, broken: undefined });
  });

  test('finds the shortest way to a broken law', () => {
    const broken = { law: 'no 5', way: ['+1', '+2', '+2'], state: 5 };
    expect(search({ ...space, breaks: (state: number) => (state === 5 ? 'no 5' : undefined) })).toMatchObject(
      {
        broken,
      },
    );
  });

  test('finds a state from which nothing is resolved but by a fault', () => {
    const way = ['+2', '+2', '+2', '+2', '+2'];
    expect(search({ ...space, isResolved: (state) => state === 9 })).toMatchObject({ broken: { way } });
  });
});
