import { expect, it } from 'vitest';
import { choose, redirectUri, startStack } from './stack.ts';

it('fetches metadata and keys once for fifty concurrent sign-ins', async () => {
  const stack = await startStack();
  const started = await Promise.all(
    Array.from({ length: 50 }, () => stack.bankId.startSignIn({ redirectUri, locale: 'nb' })),
  );
  expect(stack.requests('discovery')).toBe(1);
  const returned = await Promise.all(
    started.map(async ({ authorizeUrl, transaction }) => ({
      transaction,
      callback: await choose(authorizeUrl, 'kari'),
    })),
  );
  const cold = stack.client();
  const identities = await Promise.all(
    returned.map(({ callback, transaction }) => cold.completeSignIn(callback, transaction)),
  );
  expect(new Set(identities.map(({ subject }) => subject)).size).toBe(1);
  expect(stack.requests('discovery')).toBe(2);
  expect(stack.requests('jwks')).toBe(1);
  expect(stack.requests('token')).toBe(50);
});
