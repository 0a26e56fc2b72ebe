import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import type { Store } from '#store/database.ts';
import { addComparison, type Comparison } from '#store/routing/parity.ts';
import { customer, testContext } from '../support/context.ts';
import { drop, type Ran } from './program.ts';

const parity = (store: Store, ...parameters: string[]): Promise<Ran> =>
  drop(['providers', 'parity', ...parameters], { DATABASE_URL: store.url });

const daysAgo = (days: number): Date => new Date(systemClock.now().getTime() - days * 86_400_000);

/** A database with comparisons of one account, and the id of the account. */
async function compared(...outcomes: Partial<Comparison>[]): Promise<{ store: Store; accountId: string }> {
  const context = await testContext();
  const { store } = context;
  const { id: userId } = await customer(context);
  const accountId = randomUUID();
  const account = {
    id: accountId,
    user_id: userId,
    currency: 'NOK',
    identity: 'one:1',
    created_at: daysAgo(0),
  };
  await store.database.insertInto('bank_accounts').values(account).execute();
  for (const outcome of outcomes) {
    const pair = { formerProvider: 'one', newProvider: 'other', bankKey: 'DNBANOKK' };
    const usual = { outcome: 'equal', fault: undefined, apartMs: 5, at: daysAgo(0) } as const;
    await addComparison(store.database, { accountId, ...pair, ...usual, ...outcome });
  }
  return { store, accountId };
}

test('comparisons are counted by providers and bank, and accounts that differ are named', async () => {
  const at = daysAgo(2);
  const fault = { code: 'bank_unavailable', provider: 'one' };
  const { store, accountId } = await compared(
    { at },
    {},
    { outcome: 'different', at },
    { outcome: 'not_comparable' },
    { outcome: 'not_readable', fault, apartMs: undefined },
    { newProvider: 'third' },
  );
  expect((await parity(store)).output).toBe(
    'one → other  DNBANOKK: 5 compared\n' +
      '  2 equal, 1 different, 1 not comparable, 1 not readable\n' +
      '  1 × bank_unavailable at one\n' +
      'one → third  DNBANOKK: 1 compared\n' +
      '  1 equal, 0 different, 0 not comparable, 0 not readable\n' +
      'Accounts whose balances differed, the newest first:\n' +
      `  ${accountId}  ${at.toISOString().slice(0, 19)}Z  one → other, read 5 ms apart\n`,
  );
  expect(JSON.parse((await parity(store, '--since', '1d', '--json')).output)).toEqual({
    pairs: [
      {
        from: 'one',
        to: 'other',
        bank: 'DNBANOKK',
        compared: 3,
        outcomes: { equal: 1, different: 0, not_comparable: 1, not_readable: 1 },
        faults: [{ ...fault, count: 1 }],
      },
      expect.objectContaining({ to: 'third', compared: 1 }),
    ],
    differences: [],
  });
});

test('at most 20 accounts are named, the newest first', async () => {
  const old = { outcome: 'different', apartMs: 1, at: daysAgo(1) } as const;
  const { store } = await compared(old, ...Array<Partial<Comparison>>(20).fill({ outcome: 'different' }));
  const { differences } = JSON.parse((await parity(store, '--json')).output) as { differences: object[] };
  expect(differences).toEqual(Array(20).fill(expect.objectContaining({ apartMs: 5 })));
});

test('without a comparison the report says so', async () => {
  const { store } = await compared();
  expect((await parity(store)).output).toBe('Nothing was compared.\n');
});

test('a time that cannot be read is a wrong command line', async () => {
  const { code, errors } = await drop(['providers', 'parity', '--since', 'spring'], {});
  expect([code, errors]).toEqual([2, expect.stringMatching(/--since.*2026-02-23.*3d/)]);
});
