import { expect, it } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { expectRefusal, redirectUri, signIn, startStack, type Stack } from './stack.ts';

const start = (stack: Stack) => stack.bankId.startSignIn({ redirectUri, locale: 'nb' });

it.each([500, 503, 429])('reports BankID as down on the status %i, after one push', async (status) => {
  const stack = await startStack();
  stack.faults.add({ operation: 'par', effect: 'status', status, retryAfterSeconds: 7 });
  const refusal = await expectRefusal(start(stack), 'sign_in_unavailable', new RegExp(`answered ${status}`));
  expect(refusal.details).toMatchObject({
    httpStatus: status,
    retryAfterMs: 7_000,
    operation: 'bankid.par',
  });
  expect(stack.requests('par')).toBe(1);
});

it.each(['reset', 'drop-after-commit'] as const)(
  'does not push twice when the connection breaks (%s)',
  async (effect) => {
    const stack = await startStack();
    stack.faults.add({ operation: 'par', effect });
    await expectRefusal(start(stack), 'sign_in_unavailable', /bankid\.par/);
    expect(stack.requests('par')).toBe(1);
  },
);

it.each(['empty', 'malformed'] as const)('starts nothing on an answer that is %s', async (effect) => {
  const stack = await startStack();
  stack.faults.add({ operation: 'par', effect });
  await expectRefusal(start(stack), 'sign_in_unavailable', /bankid|answered/);
});

it('reports BankID as down when it does not answer in time', async () => {
  const stack = await startStack({}, { answerMsMax: 100 });
  stack.faults.add({ operation: 'par', effect: 'latency', delayMs: 1 }); // the stack's clock stands still
  await expectRefusal(start(stack), 'sign_in_unavailable', /TIMEOUT/);
});

it('distinguishes a refused request from an outage by its code', async () => {
  const stack = await startStack({ clientSecret: new Secret('wrong') });
  const refusal = await expectRefusal(start(stack), 'sign_in_unavailable', /answered 401/);
  expect(refusal.details).toMatchObject({ providerCode: 'invalid_client', outcome: 'refused' });
});

it('does not follow a redirect of a pushed request', async () => {
  const stack = await startStack();
  stack.faults.add({ operation: 'par', effect: 'status', status: 302 });
  await expectRefusal(start(stack), 'sign_in_unavailable', /answered 302/);
});

it('pushes again as soon as the issuer answers again', async () => {
  const stack = await startStack();
  stack.faults.add({ operation: 'par', effect: 'status', status: 503, times: 1 });
  await expectRefusal(start(stack), 'sign_in_unavailable', /answered 503/);
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});
