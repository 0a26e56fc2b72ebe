import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { choose, kari, redirectUri, startStack } from './stack.ts';

const faults = [
  { claims: { nonce: 'other' } },
  { claims: { birthdate: '1990-05-18' } },
  { claims: { aud: 'someone-else' } },
  { signature: 'tampered' },
  { signature: 'not_base64url' },
  { key: 'unpublished' },
  { alg: 'none' },
  { withoutClaims: ['sub'] },
  { claims: { pid: `${kari.nationalIdentityNumber}0` } },
  { response: { id_token: kari.nationalIdentityNumber } },
  { response: { token_type: kari.nationalIdentityNumber } },
];

it.each(faults)(
  'discloses no number, code, token, verifier or secret when it refuses (%#)',
  async (override) => {
    const stack = await startStack();
    const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
    const callback = await choose(authorizeUrl, 'kari');
    await stack.act('bend_next_id_token', override);
    const error: unknown = await stack.bankId
      .completeSignIn(callback, transaction)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const shown = inspect({ error, logged: stack.logged }, { depth: 20, showHidden: true });
    for (const secret of [
      kari.nationalIdentityNumber,
      callback.get('code') ?? '',
      transaction.codeVerifier,
      transaction.nonce,
      'demo-secret',
      'eyJ',
    ]) {
      expect(shown).not.toContain(secret);
    }
  },
);

it('puts neither verifier nor secret into the authorize URL, and redacts the number in its result', async () => {
  const stack = await startStack();
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  expect(authorizeUrl).not.toContain(transaction.codeVerifier);
  expect(authorizeUrl).not.toContain('demo-secret');
  const identity = await stack.bankId.completeSignIn(await choose(authorizeUrl, 'kari'), transaction);
  expect(`${inspect(identity)} ${JSON.stringify(identity)}`).not.toContain(kari.nationalIdentityNumber);
});
