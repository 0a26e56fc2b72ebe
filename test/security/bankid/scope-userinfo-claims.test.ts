import { expect, it } from 'vitest';
import { startBroker } from './broker.ts';
import { kari, signIn } from './stack.ts';

it('gets from userinfo only the claims of the requested scopes', async () => {
  const withProfile = await signIn((await startBroker('openid profile nin')).bankId);
  expect(withProfile).toMatchObject({ name: kari.name, birthdate: kari.birthdate });
  const without = await signIn((await startBroker('openid nin')).bankId);
  expect(without).toMatchObject({ name: '', birthdate: undefined });
  expect(without.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
});

it('takes only personal claims from userinfo: the claims that judged the ID token stay', async () => {
  const stack = await startBroker();
  const claims = { iss: 'https://evil.example', acr: 'urn:evil:high', aud: 'other', exp: 1 };
  await stack.act('bend_next_userinfo', { claims });
  const identity = await signIn(stack.bankId);
  expect(identity).toMatchObject({ issuer: stack.issuer, acr: undefined });
});
