import { expect, it } from 'vitest';
import { startBroker } from './broker.ts';
import { kari, signIn } from './stack.ts';

it('is told by userinfo what the scopes asked for, and no more', async () => {
  const withProfile = await signIn((await startBroker('openid profile nin')).bankId);
  expect(withProfile).toMatchObject({ name: kari.name, birthdate: kari.birthdate });
  const without = await signIn((await startBroker('openid nin')).bankId);
  expect(without).toMatchObject({ name: '', birthdate: undefined });
  expect(without.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
});

it('takes nothing but the person from userinfo: what judged the ID token stays', async () => {
  const stack = await startBroker();
  const claims = { iss: 'https://evil.example', acr: 'urn:bankid:none', aud: 'other', exp: 1 };
  await stack.act('bend_next_userinfo', { claims });
  const identity = await signIn(stack.bankId);
  expect(identity).toMatchObject({ issuer: stack.issuer, acr: 'urn:bankid:bid;LOA=4' });
});
