import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReviewHint } from '#services/sumsub/service.ts';
import { startSumsubStack, type SumsubStack } from '../../conformance/sumsub-stack.ts';

const externalUserId = 'b7a3a0c2-5f0e-4a57-9c58-0f8c9d1e2a3b';

let stack: SumsubStack;
let hints: ReviewHint[];

beforeEach(async () => {
  stack = await startSumsubStack();
  hints = [];
  stack.client.onWebhook(async (hint) => {
    hints.push(hint);
  });
});
afterEach(() => stack.close());

async function createApplicant(): Promise<void> {
  await stack.client.createApplicant({ externalUserId });
  await stack.settled();
}

describe('a webhook that is corrupted in transit is refused', () => {
  test.each(['digest', 'body', 'truncated', 'sha1', 'unsigned', 'foreign_key', 'reserialised'])(
    '%s',
    async (how) => {
      await stack.act('corrupt_webhooks', { how, times: 1 });
      await createApplicant();
      expect(stack.verdicts.map(({ kind }) => kind)).toEqual(['signature_invalid']);
      expect(hints).toEqual([]);
    },
  );
});

test('a refused webhook is delivered again after five minutes, and accepted when it is intact', async () => {
  await stack.act('corrupt_webhooks', { how: 'digest', times: 1 });
  await createApplicant();
  stack.clock.advance(5 * 60_000);
  await stack.settled();
  expect(stack.verdicts.map(({ kind }) => kind)).toEqual(['signature_invalid', 'accepted']);
  expect(hints).toHaveLength(1);
});

test('a receiver that is down gets redeliveries after 5 min, 1 h, 5 h and 18 h, and then no more', async () => {
  stack.answerWebhooksWith(503);
  await createApplicant();
  for (const delayMs of [300_000, 3_600_000, 18_000_000, 64_800_000, 1_000_000_000]) {
    stack.clock.advance(delayMs - 1);
    await stack.settled();
    stack.clock.advance(1);
    await stack.settled();
  }
  expect(stack.emulator.state()).toMatchObject({ webhooks: [{ answers: [503, 503, 503, 503, 503] }] });
});

test('a webhook about an action is delivered again after 30 s, 30 s, 1 min and 5 min', async () => {
  await createApplicant();
  stack.answerWebhooksWith(503);
  await stack.act('send_webhook', { externalUserId, type: 'applicantActionReviewed' });
  const answered = () =>
    (stack.emulator.state() as { webhooks: { answers: unknown[] }[] }).webhooks[1]?.answers;
  await stack.settled();
  for (const [index, delayMs] of [30_000, 30_000, 60_000, 300_000, 1_000_000_000].entries()) {
    stack.clock.advance(delayMs - 1);
    await stack.settled();
    expect(answered()).toHaveLength(index + 1);
    stack.clock.advance(1);
    await stack.settled();
  }
  expect(answered()).toHaveLength(5);
});

test('a copy of an event has the key of the first', async () => {
  await stack.act('duplicate_webhooks', { copies: 2 });
  await createApplicant();
  const keys = stack.verdicts.map((verdict) => verdict.kind === 'accepted' && verdict.deduplicationKey);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
});

test('a replay has the key of the first', async () => {
  await createApplicant();
  await stack.act('replay_webhook');
  const [first, second] = stack.verdicts;
  expect(second).toEqual(first);
});

test('held events are delivered in the requested order', async () => {
  await createApplicant();
  await stack.act('hold_webhooks');
  await stack.act('submit_documents', { externalUserId });
  stack.clock.advance(1_000);
  await stack.settled();
  expect(stack.verdicts).toHaveLength(1);
  await stack.act('release_webhooks', { order: 'reversed' });
  const types = stack.verdicts.map((verdict) => verdict.kind === 'accepted' && verdict.eventType);
  expect(types).toEqual(['applicantCreated', 'applicantReviewed', 'applicantPending']);
});

test('a verdict that monitoring changes later sends a webhook', async () => {
  await createApplicant();
  await stack.act('complete_review', { externalUserId, outcome: 'approved' });
  await stack.act('complete_review', { externalUserId, outcome: 'sanctions_match' });
  await stack.settled();
  const applicantId = hints.at(-1)?.applicantId ?? '';
  expect(await stack.client.getVerificationResult(applicantId)).toMatchObject({
    reviewAnswer: 'RED',
    reviewRejectType: 'FINAL',
  });
});

test('a reset removes applicants, tokens and pending deliveries', async () => {
  stack.answerWebhooksWith(503);
  await createApplicant();
  stack.emulator.reset();
  stack.answerWebhooksWith(undefined);
  stack.clock.advance(300_000);
  await stack.settled();
  expect(stack.verdicts).toEqual([]);
  expect(stack.emulator.state()).toMatchObject({ applicants: [], webhooks: [] });
});

test('a webhook in transit during a reset is not delivered again', async () => {
  stack.answerWebhooksWith(503);
  await stack.client.createApplicant({ externalUserId });
  stack.emulator.reset();
  await stack.settled();
  stack.answerWebhooksWith(undefined);
  stack.clock.advance(300_000);
  await stack.settled();
  expect(stack.verdicts).toEqual([]);
});
