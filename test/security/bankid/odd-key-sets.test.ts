import { expect, it } from 'vitest';
import { expectRefusal, signIn, startStack } from './stack.ts';

it('finds the good key among members that are none', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { malformed: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('does not mistake an encryption key of the same name for the signing key', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { encryptionSharesKid: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('refuses to verify with an encryption key alone', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['encryption'], encryptionSharesKid: true });
  await expectRefusal(signIn(stack.bankId), 'sign_in_token_invalid', /no applicable keys/);
});

it.each(['empty', 'malformed'] as const)(
  'says that BankID is down when its key set is %s',
  async (effect) => {
    const stack = await startStack();
    stack.faults.add({ operation: 'jwks', effect });
    await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /jwks cannot be used/);
  },
);
it('finds the good key where every key stands in the set twice', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { twice: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('finds the good key beside another signing key of the same name', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { namesake: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});
