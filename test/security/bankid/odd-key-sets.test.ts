import { expect, it } from 'vitest';
import { expectRefusal, signIn, startStack } from './stack.ts';

it('finds the valid key among members that are not keys', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { malformed: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('reports members that are not keys, but not encryption keys', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  expect(stack.logged).toEqual([]);
  await stack.act('publish_keys', { malformed: true });
  await signIn(stack.client());
  expect(stack.logged).toEqual([
    {
      message: 'bankid.jwks: parts of the answer could not be read',
      details: expect.objectContaining({ provider: 'bankid', operation: 'bankid.jwks', count: 3 }) as unknown,
    },
  ]);
});

it('reads valid algorithm names beside invalid ones', async () => {
  const stack = await startStack();
  const of = async (names: unknown): Promise<void> =>
    stack.act('bend_discovery', { set: { id_token_signing_alg_values_supported: names } });
  await of([null, 'ES256', 7]);
  await expect(signIn(stack.client())).resolves.toBeDefined();
  await of([null, 'RS256']);
  await expectRefusal(signIn(stack.client()), 'sign_in_token_invalid', /./);
  await of([null]);
  await expect(signIn(stack.client())).resolves.toBeDefined();
});

it('does not use an encryption key with the same kid as the signing key', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { encryptionSharesKid: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('refuses to verify with an encryption key alone', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { roles: ['encryption'], encryptionSharesKid: true });
  await expectRefusal(signIn(stack.bankId), 'sign_in_token_invalid', /no applicable keys/);
});

it.each(['empty', 'malformed'] as const)('reports BankID as down when its key set is %s', async (effect) => {
  const stack = await startStack();
  stack.faults.add({ operation: 'jwks', effect });
  await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /jwks cannot be used/);
});
it('finds the valid key when every key is listed twice', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { twice: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('finds the valid key beside another signing key with the same kid', async () => {
  const stack = await startStack();
  await stack.act('publish_keys', { namesake: true });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});
