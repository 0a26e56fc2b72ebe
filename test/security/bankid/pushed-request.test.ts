import { expect, it } from 'vitest';
import { choose, expectRefusal, redirectUri, signIn, startStack } from './stack.ts';

const start = { redirectUri, locale: 'nb' } as const;

it('references the pushed request in the URL, without its parameters', async () => {
  const stack = await startStack();
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn(start);
  const { searchParams } = new URL(authorizeUrl);
  expect([...searchParams.keys()].toSorted()).toEqual(['client_id', 'request_uri']);
  await expect(
    stack.bankId.completeSignIn(await choose(authorizeUrl, 'kari'), transaction),
  ).resolves.toBeDefined();
  expect(stack.requests('par')).toBe(1);
});

it.each([
  ['the metadata offers none', 'auto', { without: ['pushed_authorization_request_endpoint'] }],
  ['that is configured', 'never', {}],
] as const)('sends the request through the browser when %s', async (_, pushedAuthorization, override) => {
  const stack = await startStack({ pushedAuthorization });
  await stack.act('bend_discovery', override);
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
  expect(stack.requests('par')).toBe(0);
});

it('signs in when the issuer requires pushed requests', async () => {
  const stack = await startStack({}, { emulated: { requirePushedRequests: true } });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it('refuses to start when the issuer requires pushed requests and they are turned off', async () => {
  const stack = await startStack(
    { pushedAuthorization: 'never' },
    { emulated: { requirePushedRequests: true } },
  );
  await expectRefusal(stack.bankId.startSignIn(start), 'sign_in_unavailable', /requires pushed requests/);
});

it('starts nothing when requests must be pushed and the metadata has no endpoint', async () => {
  const stack = await startStack({ pushedAuthorization: 'always' });
  await stack.act('bend_discovery', { without: ['pushed_authorization_request_endpoint'] });
  await expectRefusal(
    stack.bankId.startSignIn(start),
    'sign_in_unavailable',
    /does not offer pushed requests/,
  );
});

it('pushes nothing to an address that is not https', async () => {
  const stack = await startStack();
  const pushed_authorization_request_endpoint = 'http://issuer.example/par';
  await stack.act('bend_discovery', { set: { pushed_authorization_request_endpoint } });
  await expectRefusal(stack.bankId.startSignIn(start), 'sign_in_unavailable', /not https/);
});
