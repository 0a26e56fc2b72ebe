import { expect, it } from 'vitest';
import { mobileRedirectUri, redirectUri, startStack } from './stack.ts';

it.each([
  ['nb', redirectUri],
  ['en', mobileRedirectUri],
] as const)(
  'requests a code with PKCE, state and nonce, in the language %s, for %s',
  async (locale, back) => {
    const stack = await startStack({ pushedAuthorization: 'never' });
    const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri: back, locale });
    const unguessable = expect.stringMatching(/^[\w-]{43,}$/) as unknown;
    expect(Object.fromEntries(new URL(authorizeUrl).searchParams)).toEqual({
      client_id: 'demo-drop',
      response_type: 'code',
      redirect_uri: back,
      scope: 'openid profile nnin_altsub',
      state: transaction.state,
      nonce: transaction.nonce,
      code_challenge: unguessable,
      code_challenge_method: 'S256',
      ui_locales: locale,
    });
    expect(transaction).toEqual({
      state: unguessable,
      nonce: unguessable,
      codeVerifier: unguessable,
      redirectUri: back,
    });
    expect(authorizeUrl).not.toContain(transaction.codeVerifier);
  },
);

it('creates a new state, nonce and verifier each time, all different', async () => {
  const { bankId } = await startStack({ pushedAuthorization: 'never' });
  const made = [];
  for (let begun = 0; begun < 5; begun += 1) {
    const { transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
    made.push(transaction.state, transaction.nonce, transaction.codeVerifier);
  }
  expect(new Set(made).size).toBe(made.length);
});
