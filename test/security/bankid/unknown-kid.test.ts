import { expect, it } from 'vitest';
import { choose, expectRefusal, redirectUri, signIn, signInOverridden, startStack } from './stack.ts';

it('refuses a key that the issuer does not have, after one fetch', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  await expectRefusal(
    signInOverridden(stack, { key: 'unpublished' }),
    'sign_in_token_invalid',
    /no applicable keys/,
  );
  expect(stack.requests('jwks')).toBe(2);
});

it('does not fetch for each of many unknown keys, but again after the cool-down', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const override = { header: { kid: `made-up-${attempt}` } };
    await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', /no applicable keys/);
  }
  expect(stack.requests('jwks')).toBe(2);
  stack.clock.advance(30_000);
  await expectRefusal(
    signInOverridden(stack, { key: 'unpublished' }),
    'sign_in_token_invalid',
    /no applicable/,
  );
  expect(stack.requests('jwks')).toBe(3);
});

it('reports BankID as down when the keys cannot be fetched for an unknown kid', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.faults.add({ operation: 'jwks', effect: 'status', status: 500 });
  await expectRefusal(
    signInOverridden(stack, { key: 'unpublished' }),
    'sign_in_unavailable',
    /jwks answered 500/,
  );
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('refuses a kid that is not a string, even if there is only one key', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['current', 'encryption'] });
  await expectRefusal(
    signInOverridden(stack, { header: { kid: 7 } }),
    'sign_in_token_invalid',
    /no applicable keys/,
  );
});

it('fetches once for concurrent tokens with unknown keys, and keeps the valid ones', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  const started = await Promise.all(
    Array.from({ length: 20 }, () => stack.bankId.startSignIn({ redirectUri, locale: 'nb' })),
  );
  const attempts = [];
  for (const [at, { authorizeUrl, transaction }] of started.entries()) {
    const callback = await choose(authorizeUrl, 'kari');
    await stack.act('bend_next_id_token', { header: { kid: `made-up-${at}` } });
    attempts.push(stack.bankId.completeSignIn(callback, transaction).catch((error: unknown) => error));
    await expect.poll(() => stack.requests('token')).toBe(at + 2);
  }
  for (const error of await Promise.all(attempts))
    expect(error).toMatchObject({ code: 'sign_in_token_invalid' });
  expect(stack.requests('jwks')).toBe(2);
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  expect(stack.requests('jwks')).toBe(2);
});
