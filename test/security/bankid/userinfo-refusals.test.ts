import { expect, it } from 'vitest';
import { signInOverriddenAt, startBroker } from './broker.ts';
import { expectRefusal, signIn } from './stack.ts';

const failed = 'sign_in_code_exchange_failed';

it.each([401, 403, 302, 404])('reports the status %i of userinfo as a failed exchange', async (status) => {
  const stack = await startBroker();
  stack.faults.add({ operation: 'userinfo', effect: 'status', status });
  const reason = new RegExp(`userinfo answered ${status}`);
  const error = await expectRefusal(signIn(stack.bankId), failed, reason);
  expect(error.details).toMatchObject({ operation: 'bankid.userinfo', httpStatus: status });
  expect(stack.requests('userinfo')).toBe(1);
});

it('reports a page as a failed exchange', async () => {
  await expectRefusal(signInOverriddenAt({ as: 'html' }), failed, /not with JSON/);
});

it('reports a 2xx other than 200 as a failed exchange', async () => {
  await expectRefusal(signInOverriddenAt({ status: 206 }), failed, /userinfo answered 206/);
});

it('reports an error in an answer of 200 as a failed exchange, with its code', async () => {
  const attempt = signInOverriddenAt({ claims: { error: 'server_error' }, withoutClaims: ['sub'] });
  const error = await expectRefusal(attempt, failed, /userinfo answered 200/);
  expect(error.details).toMatchObject({ providerCode: 'server_error' });
});

it('reports a truncated answer as a failed exchange', async () => {
  const stack = await startBroker();
  stack.faults.add({ operation: 'userinfo', effect: 'malformed' });
  await expectRefusal(signIn(stack.bankId), failed, /not with JSON/);
});

it('reports an answer that is too large as a failed exchange', async () => {
  const override = { claims: { padding: 'x'.repeat(70_000) } };
  await expectRefusal(signInOverriddenAt(override), failed, /larger than/);
});
