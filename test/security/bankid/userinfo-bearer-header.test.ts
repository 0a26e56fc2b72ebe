import { expect, it } from 'vitest';
import { startBroker } from './broker.ts';
import { expectRefusal, kari, signIn, signInOverridden, startStack } from './stack.ts';

it('asks userinfo with the access token in the header, and takes number, name and birth date from it', async () => {
  const stack = await startBroker();
  const identity = await signIn(stack.bankId);
  expect(identity.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
  expect(identity).toMatchObject({ name: kari.name, birthdate: kari.birthdate, issuer: stack.issuer });
  expect(stack.requests('userinfo')).toBe(1);
});

it('asks with a token that userinfo of another sign-in does not take the number from', async () => {
  const stack = await startBroker();
  const [one, two] = [await signIn(stack.bankId), await signIn(stack.bankId, 'dag')];
  expect(one.nationalIdentityNumber.reveal()).not.toBe(two.nationalIdentityNumber.reveal());
});

it('asks userinfo nothing where the ID token bears the number', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  expect(stack.requests('userinfo')).toBe(0);
});

it('asks userinfo nothing before the ID token has been verified', async () => {
  const stack = await startBroker();
  const tokenInvalid = 'sign_in_token_invalid';
  await expectRefusal(signInOverridden(stack, { signature: 'tampered' }), tokenInvalid, /signature/);
  await expectRefusal(signInOverridden(stack, { claims: { at_hash: 'x' } }), tokenInvalid, /at_hash/);
  expect(stack.requests('userinfo')).toBe(0);
});

it.each([
  ['no token but one in the query', {}, 'Bearer realm="sandbox"'],
  ['a token that it did not give', { authorization: 'Bearer x' }, /error="invalid_token"/],
  ['another scheme', { authorization: 'Basic x' }, 'Bearer realm="sandbox"'],
])(
  'the emulator takes a token in no other way: %s',
  async (_, headers: Record<string, string>, challenge) => {
    const stack = await startBroker();
    const answer = await fetch(`${stack.issuer}/userinfo?access_token=x`, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(challenge);
  },
);
