import { expect, it } from 'vitest';
import { startBroker } from './broker.ts';
import { expectRefusal, kari, signIn, signInOverridden, startStack } from './stack.ts';

it('calls userinfo with the access token in the header, and reads number, name and birth date', async () => {
  const stack = await startBroker();
  const identity = await signIn(stack.bankId);
  expect(identity.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
  expect(identity).toMatchObject({ name: kari.name, birthdate: kari.birthdate, issuer: stack.issuer });
  expect(stack.requests('userinfo')).toBe(1);
});

it('uses the access token of the same sign-in', async () => {
  const stack = await startBroker();
  const [one, two] = [await signIn(stack.bankId), await signIn(stack.bankId, 'dag')];
  expect(one.nationalIdentityNumber.reveal()).not.toBe(two.nationalIdentityNumber.reveal());
});

it('does not call userinfo when the ID token contains the number', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  expect(stack.requests('userinfo')).toBe(0);
});

it('does not call userinfo before the ID token is verified', async () => {
  const stack = await startBroker();
  const tokenInvalid = 'sign_in_token_invalid';
  await expectRefusal(signInOverridden(stack, { signature: 'tampered' }), tokenInvalid, /signature/);
  await expectRefusal(signInOverridden(stack, { claims: { at_hash: 'x' } }), tokenInvalid, /at_hash/);
  expect(stack.requests('userinfo')).toBe(0);
});

it.each([
  ['only a token in the query', {}, 'Bearer realm="sandbox"'],
  ['an unknown token', { authorization: 'Bearer x' }, /error="invalid_token"/],
  ['another scheme', { authorization: 'Basic x' }, 'Bearer realm="sandbox"'],
])('the emulator refuses any other form: %s', async (_, headers: Record<string, string>, challenge) => {
  const stack = await startBroker();
  const answer = await fetch(`${stack.issuer}/userinfo?access_token=x`, { headers });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toMatch(challenge);
});
