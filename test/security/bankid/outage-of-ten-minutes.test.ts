import { expect, it } from 'vitest';
import { signIn, startStack } from './stack.ts';

it.each([
  ['keys', ['jwks']],
  ['metadata', ['discovery']],
  ['keys and metadata', ['jwks', 'discovery']],
])('ten minutes without %s fail no sign-in whose key is cached', async (_, operations) => {
  const stack = await startStack();
  await stack.act('publish_keys', { maxAgeSeconds: 60 });
  await signIn(stack.bankId);
  stack.clock.advance(3_600_000 - 60_000); // the metadata is about to expire, too
  await signIn(stack.bankId);
  for (const operation of operations) stack.faults.add({ operation, effect: 'status', status: 503 });
  const signedIn = [];
  for (let minute = 0; minute <= 10; minute += 1) {
    if (minute === 5) await stack.act('rotate_keys'); // to the next key, which is already published
    signedIn.push(await signIn(stack.bankId), await signIn(stack.bankId));
    stack.clock.advance(60_000);
  }
  expect(signedIn).toHaveLength(22);
});

it('the same holds under load, when both are requested again and again', async () => {
  const stack = await startStack({ pushedAuthorization: 'never' });
  await stack.act('publish_keys', { maxAgeSeconds: 60 });
  for (let before = 0; before < 60; before += 1) await signIn(stack.bankId); // earns the retry budget
  stack.clock.advance(3_600_000 - 60_000);
  await signIn(stack.bankId);
  stack.clock.advance(60_000); // now both have expired
  for (const operation of ['jwks', 'discovery']) stack.faults.add({ operation, effect: 'reset' });
  const asked = stack.requests('discovery') + stack.requests('jwks');
  for (let quarter = 0; quarter < 40; quarter += 1) {
    await expect(signIn(stack.bankId)).resolves.toBeDefined();
    stack.clock.advance(15_000);
  }
  expect(stack.requests('discovery') + stack.requests('jwks') - asked).toBe(5); // and then the breaker is open
});
