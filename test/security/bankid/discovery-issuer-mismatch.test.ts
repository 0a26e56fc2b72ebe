import { it } from 'vitest';
import { expectRefusal, redirectUri, startStack } from './stack.ts';

it.each([
  ['another issuer', { set: { issuer: 'https://auth.bankid.example' } }, /another issuer/],
  ['no issuer', { without: ['issuer'] }, /at fault: issuer/],
  ['no token endpoint', { without: ['token_endpoint'] }, /at fault: token_endpoint/],
  ['no key set', { without: ['jwks_uri'] }, /at fault: jwks_uri/],
  ['an invalid address', { set: { jwks_uri: 'certs' } }, /at fault: jwks_uri/],
  ['plain HTTP', { set: { token_endpoint: 'http://auth.bankid.example/token' } }, /not https/],
  [
    'plain HTTP to a look-alike of loopback',
    { set: { jwks_uri: 'http://localhost.example/x' } },
    /not https/,
  ],
  [
    'only algorithms that Drop refuses',
    { set: { id_token_signing_alg_values_supported: ['HS256'] } },
    /no signing algorithm/,
  ],
])('refuses to start with metadata that has %s', async (_, override, reason) => {
  const stack = await startStack();
  await stack.act('bend_discovery', override);
  await expectRefusal(stack.bankId.startSignIn({ redirectUri, locale: 'nb' }), 'sign_in_unavailable', reason);
});

it('refuses to start with the metadata of an issuer that differs by a slash', async () => {
  const stack = await startStack();
  const bankId = stack.client({ issuer: `${stack.issuer}/` });
  await expectRefusal(
    bankId.startSignIn({ redirectUri, locale: 'nb' }),
    'sign_in_unavailable',
    /another issuer/,
  );
});

it('refuses plain HTTP even to loopback, unless configured otherwise', async () => {
  const stack = await startStack({ allowInsecureLoopback: false });
  await expectRefusal(
    stack.bankId.startSignIn({ redirectUri, locale: 'nb' }),
    'sign_in_unavailable',
    /not https/,
  );
});

it('sends the code only to the addresses of the issuer', async () => {
  const stack = await startStack();
  await stack.act('bend_discovery', { set: { jwks_uri: 'https://elsewhere.example/certs' } });
  const { bankId } = stack;
  const { transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
  await stack.act('bend_discovery', { set: { token_endpoint: 'https://elsewhere.example/token' } });
  const fresh = stack.client();
  const callback = new URLSearchParams({ code: 'x', state: transaction.state, iss: stack.issuer });
  await expectRefusal(
    fresh.completeSignIn(callback, transaction),
    'sign_in_unavailable',
    /elsewhere\.example is not an address/,
  );
});
