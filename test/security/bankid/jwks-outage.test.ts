import { expect, it } from 'vitest';
import { expectRefusal, signIn, startStack } from './stack.ts';

it('is not affected by an outage while the keys are fresh', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 503 });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  expect(stack.logged).toEqual([]);
});

it('uses outdated keys during an outage, logs it, and fetches again only at intervals', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  const before = stack.requests('jwks');
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 500 });
  stack.clock.advance(10 * 60_000);
  for (let attempt = 0; attempt < 5; attempt += 1) await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(before + 1);
  expect(stack.logged.map(({ message }) => message)).toEqual([
    expect.stringContaining('outdated ones are used'),
  ]);
  stack.clock.advance(10_000);
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(before + 2);
});

it('returns to fresh keys after the outage', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 500, times: 1 });
  stack.clock.advance(10 * 60_000);
  await signIn(stack.bankId);
  stack.clock.advance(10_000);
  await signIn(stack.bankId);
  const settled = stack.requests('jwks');
  await signIn(stack.bankId);
  expect(stack.requests('jwks')).toBe(settled);
});

it('stops using outdated keys after a limit', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 500 });
  stack.clock.advance(300_000 + 3_600_000);
  await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /jwks answered 500/);
});

it('reports BankID as down, with a time to wait, when there are no keys at all', async () => {
  const stack = await startStack();
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 503, retryAfterSeconds: 20 });
  const refusal = await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /jwks answered 503/);
  expect(refusal.details).toMatchObject({ retryAfterMs: 20_000, operation: 'bankid.jwks' });
});

it('does not cache a failure in place of keys', async () => {
  const stack = await startStack();
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 500, times: 1 });
  await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /jwks answered 500/);
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});
