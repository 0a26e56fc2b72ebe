import { expect, it } from 'vitest';
import { startBroker } from './broker.ts';
import { expectRefusal, signIn } from './stack.ts';

it.each([
  ['503', { effect: 'status', status: 503, retryAfterSeconds: 120 }, 120_000],
  ['429', { effect: 'status', status: 429, retryAfterSeconds: 120 }, 120_000],
  ['a broken connection', { effect: 'reset' }, 10_000],
] as const)('%s of userinfo is unavailable, and says when to come back', async (_, fault, retryAfterMs) => {
  const stack = await startBroker();
  stack.faults.add({ operation: 'userinfo', ...fault });
  const error = await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /./);
  expect(error.details).toMatchObject({ operation: 'bankid.userinfo', retryAfterMs });
});

it('one failure is retried, and the code is not sent twice', async () => {
  const stack = await startBroker();
  stack.faults.add({ operation: 'userinfo', effect: 'reset', times: 1 });
  await signIn(stack.bankId);
  expect([stack.requests('userinfo'), stack.requests('token')]).toEqual([2, 1]);
});
