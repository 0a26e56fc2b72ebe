import { expect, test } from 'vitest';
import { findCalls, forgetOldCalls, insertCalls, type KeptCall } from '#store/outbound-calls.ts';
import { testStore } from '../support/database.ts';

function call(more: Partial<KeptCall> = {}): KeptCall {
  return {
    provider: 'sumsub',
    operation: 'sumsub.applicant_status',
    attempt: 1,
    method: 'GET',
    origin: 'https://api.sumsub.com',
    status: 200,
    errorCode: null,
    providerCode: null,
    providerRequestId: 'r-1',
    durationMs: 12.5,
    request: null,
    response: { reviewStatus: 'completed' },
    traceparent: null,
    startedAt: '2026-02-23T14:30:00.000Z',
    ...more,
  };
}

test('a call is read back as it was kept', async () => {
  const { database } = await testStore();
  const failed = call({ status: null, errorCode: 'provider_timeout', response: null, attempt: 2 });
  await insertCalls(database, [call(), failed]);
  const found = await findCalls(database, { limit: 10 });
  expect(found).toMatchObject([failed, call()]);
});

test('calls are found by provider and operation, page by page', async () => {
  const { database } = await testStore();
  await insertCalls(database, [call(), call({ provider: 'slack', operation: 'slack.send_alert' }), call()]);
  const [newest] = await findCalls(database, { provider: 'sumsub', limit: 1 });
  const rest = await findCalls(database, { provider: 'sumsub', beforeId: newest?.id ?? 0, limit: 10 });
  expect(rest).toHaveLength(1);
  expect(await findCalls(database, { operation: 'slack.send_alert', limit: 10 })).toHaveLength(1);
});

test('calls are forgotten by age', async () => {
  const { database } = await testStore();
  await insertCalls(database, [call({ startedAt: '2026-02-01T00:00:00Z' }), call()]);
  const forgotten = await forgetOldCalls(database, { before: new Date('2026-02-09T14:30:00Z'), rowsMax: 10 });
  expect(forgotten).toBe(1);
  expect(await findCalls(database, { limit: 10 })).toHaveLength(1);
});

test('of calls the newest few are kept, however young the others are', async () => {
  const { database } = await testStore();
  await insertCalls(
    database,
    [1, 2, 3, 4, 5].map((attempt) => call({ attempt })),
  );
  await forgetOldCalls(database, { before: new Date(0), rowsMax: 2 });
  expect((await findCalls(database, { limit: 10 })).map(({ attempt }) => attempt)).toEqual([5, 4]);
});
