import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSumsubClient } from '#services/sumsub/client.ts';
import type { Sumsub } from '#services/sumsub/service.ts';
import { startSumsubStack, type SumsubStack } from './sumsub-stack.ts';

let stack: SumsubStack;

beforeEach(async () => {
  stack = await startSumsubStack();
});
afterEach(() => stack.close());

/** Begins `count` creations and counts, at any time, how many are over. */
function createMany(client: Sumsub, count: number): { done: () => number; all: Promise<unknown[]> } {
  let done = 0;
  const creations = Array.from({ length: count }, async (_, index) => {
    await client.createApplicant({ externalUserId: `customer-${index}` });
    done += 1;
  });
  return { done: () => done, all: Promise.all(creations) };
}

function statuses(): number[] {
  return stack.attempts.map(({ status }) => status ?? 0);
}

test('a burst waits for its turn at Drop, and Sumsub need not refuse', async () => {
  const { done, all } = createMany(stack.client, 100);
  await expect.poll(done).toBe(45);
  stack.clock.advance(4_999);
  expect(done()).toBe(45);
  stack.clock.advance(1);
  await expect.poll(done).toBe(90);
  stack.clock.advance(5_000);
  await all;
  expect(new Set(statuses())).toEqual(new Set([201]));
});

test('reading has a rate of its own', async () => {
  const { applicantId } = await stack.client.createApplicant({ externalUserId: 'kari' });
  const read = () =>
    Promise.all(Array.from({ length: 90 }, () => stack.client.getApplicantStatus(applicantId)));
  await read().then(read).then(read);
  await stack.client.createApplicant({ externalUserId: 'ola' });
  const waiting = stack.client.getApplicantStatus(applicantId);
  stack.clock.advance(5_000);
  await expect(waiting).resolves.toMatchObject({ applicantId });
});

test('whoever would wait for more than fifteen seconds is told at once, and nothing is sent', async () => {
  const { done, all } = createMany(stack.client, 180);
  await expect(stack.client.createApplicant({ externalUserId: 'one too many' })).rejects.toMatchObject({
    code: 'kyc_unavailable',
    details: { outcome: 'not_sent', operation: 'sumsub.create_applicant', retryAfterMs: 20_000 },
  });
  for (const before of [45, 90, 135]) {
    await expect.poll(done).toBe(before);
    stack.clock.advance(5_000);
  }
  await all;
});

test('a client that does not know its limits is refused with 429', async () => {
  const unlimited = Array.from({ length: 60 }, (_, index) => {
    const log = (message: string, details: Record<string, unknown>): unknown =>
      stack.logged.push({ message, details });
    const client = createSumsubClient(stack.clientOptions, {
      clock: stack.clock,
      outbound: stack.outbound,
      log,
    });
    return client.createApplicant({ externalUserId: `customer-${index}` });
  });
  const ended = await Promise.allSettled(unlimited);
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
  expect(statuses()).toContain(429);
});
