import { expect, test } from 'vitest';
import { findCall, listCalls, type CallFilters } from '#store/outbound-call-search.ts';
import { purgeOldCalls, insertCalls } from '#store/outbound-calls.ts';
import { testStore } from '../support/database.ts';
import { recordedCall } from '../support/recorded-call.ts';

test('a stored call is read back unchanged', async () => {
  const { database } = await testStore();
  const failed = recordedCall({ status: null, errorCode: 'provider_timeout', response: null, attempt: 2 });
  await insertCalls(database, [recordedCall(), failed]);
  const [first, second] = await listCalls(database, {}, 10);
  expect(await findCall(database, first?.id ?? 0)).toEqual({ ...failed, id: 2, outcome: 'unanswered' });
  expect(await findCall(database, second?.id ?? 0)).toEqual({
    ...recordedCall(),
    id: 1,
    outcome: 'answered',
  });
  expect(Object.keys(first ?? {})).not.toContain('request');
});

const filters: [CallFilters, number[]][] = [
  [{}, [4, 3, 2, 1]],
  [{ provider: 'sumsub' }, [3, 2, 1]],
  [{ operation: 'sumsub.applicant_status' }, [2, 1]],
  [{ operation: 'applicant_status' }, [2, 1]],
  [{ operation: 'status' }, []],
  [{ outcome: 'answered' }, [1]],
  [{ outcome: 'refused' }, [2]],
  [{ outcome: 'failed' }, [3]],
  [{ outcome: 'unanswered' }, [4]],
  [{ outcome: 'faulty' }, [4, 3, 2]],
  [{ requestId: 'r-2' }, [2]],
  [{ since: new Date('2026-02-23T14:32:00Z') }, [4, 3]],
  [{ until: new Date('2026-02-23T14:31:00Z') }, [1]],
  [{ after: 3 }, [2, 1]],
  [{ provider: 'sumsub', outcome: 'unanswered' }, []],
];

test.each(filters)('calls are found by %j', async (filter, ids) => {
  const { database } = await testStore();
  await insertCalls(database, [
    recordedCall(),
    recordedCall({ status: 404, providerRequestId: 'r-2', startedAt: '2026-02-23T14:31:00Z' }),
    recordedCall({ status: 500, operation: 'sumsub.access_token', startedAt: '2026-02-23T14:32:00Z' }),
    recordedCall({
      status: null,
      provider: 'slack',
      operation: 'slack.send_alert',
      startedAt: '2026-02-23T14:33:00Z',
    }),
  ]);
  expect((await listCalls(database, filter, 10)).map(({ id }) => id)).toEqual(ids);
});

test.each([200, 400])('an answer %i that says that the bank failed is a failed call', async (status) => {
  const { database } = await testStore();
  await insertCalls(database, [recordedCall({ status, failure: 'scope' }), recordedCall({ status: 400 })]);
  expect(await listCalls(database, { outcome: 'failed' }, 10)).toMatchObject([{ id: 1, outcome: 'failed' }]);
});

test('calls are found by the bank, by its id at the provider in any case of letters', async () => {
  const { database } = await testStore();
  await insertCalls(database, [
    recordedCall({ bankId: 'DNB' }),
    recordedCall({ bankId: 'Nordea' }),
    recordedCall({ bankId: null }),
  ]);
  expect((await listCalls(database, { bank: 'dnb' }, 10)).map(({ id }) => id)).toEqual([1]);
  expect(await listCalls(database, { bank: 'Danske' }, 10)).toEqual([]);
});

test('calls are deleted by age', async () => {
  const { database } = await testStore();
  await insertCalls(database, [recordedCall({ startedAt: '2026-02-01T00:00:00Z' }), recordedCall()]);
  const forgotten = await purgeOldCalls(database, { before: new Date('2026-02-09T14:30:00Z'), rowsMax: 10 });
  expect(forgotten).toBe(1);
  expect(await listCalls(database, {}, 10)).toHaveLength(1);
});

test('only the newest calls are kept, even if older ones are recent', async () => {
  const { database } = await testStore();
  await insertCalls(
    database,
    [1, 2, 3, 4, 5].map((attempt) => recordedCall({ attempt })),
  );
  await purgeOldCalls(database, { before: new Date(0), rowsMax: 2 });
  expect((await listCalls(database, {}, 10)).map(({ attempt }) => attempt)).toEqual([5, 4]);
});
