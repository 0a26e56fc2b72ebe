import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { expectRefusal, signInBent, startStack } from './stack.ts';

const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });

it('does not take a key from the header of the token it came with', async () => {
  const stack = await startStack();
  const header = { jwk, jku: `${stack.issuer}/elsewhere`, x5u: `${stack.issuer}/elsewhere`, x5c: ['MIIB'] };
  await expectRefusal(
    signInBent(stack, { key: 'impostor', header }),
    'sign_in_token_invalid',
    /signature verification failed/,
  );
});

it('lets such a header be when the issuer’s own key has signed', async () => {
  const stack = await startStack();
  const header = { jwk, jku: `${stack.issuer}/elsewhere` };
  await expect(signInBent(stack, { header })).resolves.toBeDefined();
});
