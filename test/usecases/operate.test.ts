import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { accessesOf } from '#store/kyc/access-log.ts';
import type { WebhookFilters } from '#store/inbox/search.ts';
import { pageOf } from '#usecases/operate/page.ts';
import { explainVerification } from '#usecases/operate/verification.ts';
import { replay } from '#usecases/operate/webhooks.ts';
import { customer, testContext } from '../support/context.ts';

const request = { reason: 'an outage', actorName: 'ida', limit: 10, dryRun: false };

test.each<[string, WebhookFilters]>([
  ['without a filter', {}],
  ['whose only filter is undefined', { provider: undefined }],
  ['of webhooks that are not handled yet', { status: 'received' }],
])('a replay %s is refused', async (_which, filters) => {
  const context = await testContext();
  await expect(replay(context, filters, request)).rejects.toMatchObject({ code: 'invalid_request' });
});

test('a verification is explained only with a note of who looked and why', async () => {
  const context = await testContext();
  const { id } = await customer(context);
  await explainVerification(context, id, { actorName: 'ida', reason: 'complaint 4711' });
  expect(await accessesOf(context.store.database, id, 10)).toMatchObject([
    { actor: 'operator', actorName: 'ida', what: 'history', why: 'complaint 4711' },
  ]);
});

test('a customer who is not there is not explained', async () => {
  const context = await testContext();
  const explained = explainVerification(context, randomUUID(), { actorName: 'ida', reason: 'a typo' });
  await expect(explained).rejects.toMatchObject({ code: 'not_found' });
});

test.each([
  [3, [{ id: 9 }, { id: 8 }], undefined],
  [2, [{ id: 9 }, { id: 8 }], undefined],
  [2, [{ id: 9 }, { id: 7 }, { id: 5 }], 7],
])('a page of at most %i entries tells where the next page begins', (limit, found, nextAfter) => {
  expect(pageOf(found, limit)).toEqual({ entries: found.slice(0, limit), nextAfter });
});
