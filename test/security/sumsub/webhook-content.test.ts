import { expect, test } from 'vitest';
import type { ReviewHint } from '#services/sumsub/service.ts';
import { approval, deliveryOf, signedApproval, webhooksWith } from './deliveries.ts';

const { webhooks } = webhooksWith();

async function verdictOf(change: Record<string, unknown>) {
  return webhooks.verify(deliveryOf(JSON.stringify({ ...approval, ...change })));
}

/** The hints that a webhook leads to. */
async function hintsOf(change: Record<string, unknown>): Promise<ReviewHint[]> {
  const source = webhooksWith();
  const hints: ReviewHint[] = [];
  source.onWebhook(async (hint) => {
    hints.push(hint);
  });
  const delivery = deliveryOf(JSON.stringify({ ...approval, ...change }));
  const verdict = await source.webhooks.verify(delivery);
  expect(verdict.kind).toBe('accepted');
  if (verdict.kind === 'accepted')
    await source.webhooks.handle({ ...verdict, id: '1', rawBody: delivery.rawBody });
  return hints;
}

test('the same event has the same key each time it is delivered', async () => {
  const first = await webhooks.verify(signedApproval());
  expect(await webhooks.verify(signedApproval())).toEqual(first);
});

test('the key does not depend on the algorithm that signs', async () => {
  const first = await webhooks.verify(signedApproval());
  expect(await webhooks.verify(signedApproval({ hash: 'sha512' }))).toEqual(first);
});

test('two events have two keys', async () => {
  const [first, second] = [await verdictOf({}), await verdictOf({ createdAtMs: '2026-02-23 14:30:00.124' })];
  expect(first).not.toEqual(second);
});

test('a signed event of the sandbox is refused in production', async () => {
  expect(await verdictOf({ sandboxMode: true })).toMatchObject({ kind: 'malformed' });
});

test('a signed event of the sandbox, with the mode as a string, is refused in production', async () => {
  expect(await verdictOf({ sandboxMode: 'true' })).toMatchObject({ kind: 'malformed' });
});

test('a mode that is not explicitly false is refused in production', async () => {
  expect(await verdictOf({ sandboxMode: 1 })).toMatchObject({ kind: 'malformed' });
});

test('a signed event of the test button is refused in production', async () => {
  expect(await verdictOf({ testMode: true })).toMatchObject({ kind: 'malformed' });
});

test('the mode "false" as a string, and an absent mode, count as production', async () => {
  expect(await verdictOf({ sandboxMode: 'false' })).toMatchObject({ kind: 'accepted' });
  expect(await verdictOf({ sandboxMode: undefined })).toMatchObject({ kind: 'accepted' });
  expect(await verdictOf({ sandboxMode: null })).toMatchObject({ kind: 'accepted' });
});

test('an event of the sandbox is accepted when configured', async () => {
  const { webhooks: sandbox } = webhooksWith({ acceptSandboxMode: true });
  const delivery = deliveryOf(JSON.stringify({ ...approval, sandboxMode: true, testMode: true }));
  expect(await sandbox.verify(delivery)).toMatchObject({ kind: 'accepted' });
});

test('a wrong signature is reported before the content is judged', async () => {
  const delivery = deliveryOf('not JSON', { key: 'somebody-else' });
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'signature_invalid' });
});

test('a signed body that is not JSON is malformed', async () => {
  expect(await webhooks.verify(deliveryOf('not JSON'))).toMatchObject({ kind: 'malformed' });
});

test('a signed body that is not UTF-8 is malformed', async () => {
  const body = Buffer.from(JSON.stringify({ ...approval, levelName: 'ÿ' }), 'latin1');
  const delivery = deliveryOf(body);
  expect(await webhooks.verify(delivery)).toMatchObject({ kind: 'malformed' });
});

test('a signed body that is not an object is malformed', async () => {
  expect(await webhooks.verify(deliveryOf('null'))).toMatchObject({ kind: 'malformed' });
});

test('a signed event without a type is malformed', async () => {
  expect(await verdictOf({ type: undefined })).toMatchObject({ kind: 'malformed' });
});

test('an unknown type is accepted, and the review is read again', async () => {
  expect(await hintsOf({ type: 'applicantDidSomethingNew' })).toHaveLength(1);
});

/** Every documented type, by whether it concerns an applicant's own review. */
const ofTheReview = [
  ...['applicantCreated', 'applicantPending', 'applicantReviewed', 'applicantOnHold', 'applicantPrechecked'],
  ...['applicantAwaitingUser', 'applicantAwaitingService', 'applicantPersonalInfoChanged'],
  ...['applicantActivated', 'applicantDeactivated', 'applicantDeleted', 'applicantPersonalDataDeleted'],
  ...['applicantReset', 'applicantStepsReset', 'applicantLevelChanged'],
  ...['applicantWorkflowCompleted', 'applicantWorkflowFailed'],
  ...['videoIdentStatusChanged', 'videoIdentCompositionCompleted'],
  ...['amlCaseApproved', 'amlCaseRejected', 'amlCaseOnHold'],
];
const ofSomethingElse = [
  ...['applicantActionPending', 'applicantActionReviewed', 'applicantActionOnHold'],
  ...['applicantActionLevelChanged', 'applicantTagsChanged', 'applicantKytOnHold'],
  ...['applicantKytTxnCreated', 'applicantKytTxnApproved', 'applicantKytTxnRejected'],
  ...['applicantKytTxnReviewed', 'applicantKytTxnDeleted', 'applicantKytTxnDataChanged'],
  ...['applicantKytTxnAwaitingUser', 'kytCaseCreated', 'kytCaseStatusChanged', 'kytCaseReviewed'],
  ...['travelRuleAction', 'kybCompanyActivity'],
];

test.each(ofTheReview)('%s causes a new read of the review', async (type) => {
  expect(await hintsOf({ type })).toHaveLength(1);
});

test.each(ofSomethingElse)('%s is accepted and has no effect', async (type) => {
  expect(await hintsOf({ type })).toEqual([]);
});

test('an event without an applicant is accepted and has no effect', async () => {
  expect(await hintsOf({ type: 'kytCaseCreated', applicantId: undefined })).toEqual([]);
});

test('an event of the review is only a hint: the answer in it is ignored', async () => {
  const { applicantId, externalUserId } = approval;
  const at = new Date('2026-02-23T14:30:00.123Z');
  expect(await hintsOf({})).toEqual([{ applicantId, externalUserId, presence: undefined, at }]);
});

test.each([
  ['applicantDeactivated', 'deactivated'],
  ['applicantActivated', 'present'],
  ['applicantDeleted', 'deleted'],
  ['applicantPersonalDataDeleted', 'deleted'],
])('%s reports that the applicant is %s', async (type, presence) => {
  expect(await hintsOf({ type })).toMatchObject([{ presence }]);
});

test.each(['yesterday', '2026-02-23T14:30:00.123Z', '2026-99-99 14:30:00.123', 1_771_857_000_123, null])(
  'a time that is not in Sumsub’s format (%s) is ignored',
  async (createdAtMs) => {
    expect(await hintsOf({ createdAtMs })).toMatchObject([{ at: undefined }]);
  },
);

test('a stored body without an applicant has no effect, whatever its type', async () => {
  const source = webhooksWith();
  source.onWebhook(async () => expect.fail('no applicant, no hint'));
  const rawBody = new TextEncoder().encode('{"type":"applicantReviewed"}');
  await source.webhooks.handle({ id: '1', eventType: 'applicantReviewed', subject: 'x', rawBody });
});

test('an event without a registered callback is kept for later', async () => {
  const { rawBody } = signedApproval();
  const handled = webhooks.handle({ id: '1', eventType: 'applicantReviewed', subject: 'x', rawBody });
  await expect(handled).rejects.toMatchObject({ code: 'internal_error' });
});

test('an event whose handling fails is kept for later', async () => {
  const source = webhooksWith();
  source.onWebhook(() => Promise.reject(new RangeError('the database is away')));
  const { rawBody } = signedApproval();
  const handled = source.webhooks.handle({ id: '1', eventType: 'applicantReviewed', subject: 'x', rawBody });
  await expect(handled).rejects.toThrow('the database is away');
});
