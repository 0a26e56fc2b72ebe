import { expect, it } from 'vitest';
import { expectRefusal, redirectUri, signIn, startStack, type Stack } from './stack.ts';

const start = (stack: Stack) => stack.bankId.startSignIn({ redirectUri, locale: 'nb' });

it('cannot start a sign-in without the issuer’s metadata', async () => {
  const stack = await startStack();
  stack.faults.add({ operation: 'discovery', effect: 'status', status: 503, retryAfterSeconds: 30 });
  const refusal = await expectRefusal(start(stack), 'sign_in_unavailable', /discovery answered 503/);
  expect(refusal.details.retryAfterMs).toBe(30_000);
});

it('starts as soon as the issuer answers again', async () => {
  const stack = await startStack();
  stack.faults.add({ operation: 'discovery', effect: 'malformed', times: 1 });
  await expectRefusal(start(stack), 'sign_in_unavailable', /discovery cannot be used/);
  await expect(start(stack)).resolves.toBeDefined();
});

it('uses the cached metadata while the issuer is down', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  stack.faults.add({ operation: 'discovery', effect: 'status', status: 500 });
  stack.clock.advance(2 * 3_600_000);
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  expect(stack.logged.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('discovery cannot be fetched'),
  );
});

it('does not need discovery when all addresses are configured', async () => {
  const stack = await startStack();
  const bankId = stack.client({
    authorizeUrl: `${stack.issuer}/precheck/auth`,
    tokenUrl: `${stack.issuer}/protocol/openid-connect/token`,
    jwksUrl: `${stack.issuer}/protocol/openid-connect/certs`,
  });
  await signIn(bankId);
  expect(stack.requests('discovery')).toBe(0);
});

it('does not use outdated metadata for more than a day', async () => {
  const stack = await startStack();
  await start(stack);
  stack.faults.add({ operation: 'discovery', effect: 'status', status: 500 });
  stack.clock.advance(25 * 3_600_000 - 1_000);
  await expect(start(stack)).resolves.toBeDefined();
  stack.clock.advance(11_000); // plus the pause after the last attempt
  await expectRefusal(start(stack), 'sign_in_unavailable', /discovery answered 500/);
});
