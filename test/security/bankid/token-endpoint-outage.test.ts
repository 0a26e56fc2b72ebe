import { expect, it } from 'vitest';
import { choose, expectRefusal, redirectUri, signIn, startStack } from './stack.ts';

it.each([500, 502, 503, 504, 429])(
  'reports BankID as down on the status %i, after one request',
  async (status) => {
    const stack = await startStack();
    stack.faults.add({ operation: 'token', effect: 'status', status, retryAfterSeconds: 7 });
    const refusal = await expectRefusal(
      signIn(stack.bankId),
      'sign_in_unavailable',
      new RegExp(`answered ${status}`),
    );
    expect(refusal.details).toMatchObject({
      httpStatus: status,
      retryAfterMs: 7_000,
      operation: 'bankid.token',
    });
    expect(stack.requests('token')).toBe(1);
  },
);

it.each(['reset', 'drop-after-commit'] as const)(
  'does not send the code twice when the connection breaks (%s)',
  async (effect) => {
    const stack = await startStack();
    stack.faults.add({ operation: 'token', effect });
    const refusal = await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /bankid\.token/);
    expect(refusal.details.outcome).toBe('unknown');
    expect(refusal.details.retryAfterMs).toBeGreaterThan(0);
    expect(stack.requests('token')).toBe(1);
  },
);

it('reports BankID as down when it does not answer in time', async () => {
  const stack = await startStack({}, { answerMsMax: 100 });
  stack.faults.add({ operation: 'token', effect: 'latency', delayMs: 1 }); // the stack's clock stands still
  const refusal = await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /TIMEOUT/);
  expect(refusal.details.outcome).toBe('unknown');
  expect(stack.requests('token')).toBe(1);
});

it('reports BankID as down, and the code as not sent, when the connection is refused', async () => {
  const stack = await startStack();
  const bankId = stack.client({
    authorizeUrl: `${stack.issuer}/precheck/auth`,
    tokenUrl: `${stack.issuer}/protocol/openid-connect/token`,
    jwksUrl: `${stack.issuer}/protocol/openid-connect/certs`,
  });
  const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
  const callback = await choose(authorizeUrl, 'kari');
  await stack.stop();
  const refusal = await expectRefusal(
    bankId.completeSignIn(callback, transaction),
    'sign_in_unavailable',
    /ECONNREFUSED/,
  );
  expect(refusal.details.outcome).toBe('not_sent');
});

it('reports BankID as down for the sandbox’s person with that outcome', async () => {
  const stack = await startStack();
  const refusal = await expectRefusal(signIn(stack.bankId, 'nede'), 'sign_in_unavailable', /answered 503/);
  expect(refusal.details.retryAfterMs).toBe(30_000);
});
