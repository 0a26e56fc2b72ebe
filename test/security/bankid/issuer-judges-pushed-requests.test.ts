import { request } from 'undici';
import { expect, it } from 'vitest';
import { choose, redirectUri, startStack, type Stack } from './stack.ts';

const wellFormed = {
  client_id: 'demo-drop',
  client_secret: 'demo-secret: with % and +',
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'openid profile',
  state: 's',
  nonce: 'n',
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
};

async function push(stack: Stack, changes: Record<string, string> = {}) {
  const answer = await request(`${stack.issuer}/protocol/openid-connect/ext/par/request`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...wellFormed, ...changes }).toString(),
  });
  return { status: answer.statusCode, body: (await answer.body.json()) as Record<string, string> };
}

async function visit(stack: Stack, parameters: Record<string, string>): Promise<number> {
  const query = new URLSearchParams({ client_id: 'demo-drop', ...parameters });
  const answer = await request(`${stack.issuer}/precheck/auth?${query.toString()}`);
  expect(answer.headers['location']).toBeUndefined();
  return answer.statusCode;
}

const requestUriOf = async (stack: Stack): Promise<string> => (await push(stack)).body['request_uri'] ?? '';

it('accepts a pushed request for a minute', async () => {
  const stack = await startStack();
  const { status, body } = await push(stack);
  expect({ status, body }).toMatchObject({ status: 201, body: { expires_in: 60 } });
  stack.clock.advance(59_999);
  expect(await visit(stack, { request_uri: body['request_uri'] ?? '' })).toBe(200);
});

it('shows the person picker again when it is reloaded, until a person is chosen', async () => {
  const stack = await startStack();
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  expect(authorizeUrl).toContain('request_uri');
  for (let reload = 0; reload < 3; reload += 1) {
    expect((await request(authorizeUrl)).statusCode).toBe(200);
    stack.clock.advance(60_000);
  }
  const callback = await choose(authorizeUrl, 'kari');
  await stack.bankId.completeSignIn(callback, transaction);
});

it('shows an error page, without a redirect, on a request_uri that was answered', async () => {
  const stack = await startStack();
  const request_uri = await requestUriOf(stack);
  const query = new URLSearchParams({ client_id: 'demo-drop', request_uri });
  await choose(`${stack.issuer}/precheck/auth?${query.toString()}`, 'cancel');
  expect(await visit(stack, { request_uri })).toBe(400);
});

it('accepts one answer to a pushed request, even if its page is open twice', async () => {
  const stack = await startStack();
  const query = new URLSearchParams({ client_id: 'demo-drop', request_uri: await requestUriOf(stack) });
  const url = `${stack.issuer}/precheck/auth?${query.toString()}`;
  const open = await (await request(url)).body.text();
  await choose(url, 'kari');
  const authorization = /name="authorization" value="([^"]+)"/.exec(open)?.[1] ?? '';
  const answer = await request(`${stack.issuer}/precheck/choose`, {
    method: 'POST',
    body: new URLSearchParams({ authorization, person: 'kari' }).toString(),
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['location']).toBeUndefined();
});

it('allows a page to be reloaded for ten minutes', async () => {
  const stack = await startStack();
  const request_uri = await requestUriOf(stack);
  expect(await visit(stack, { request_uri })).toBe(200);
  stack.clock.advance(600_000);
  expect(await visit(stack, { request_uri })).toBe(400);
});

it('shows an error page on a request_uri older than a minute', async () => {
  const stack = await startStack();
  const request_uri = await requestUriOf(stack);
  stack.clock.advance(60_000);
  expect(await visit(stack, { request_uri })).toBe(400);
});

it('shows an error page on a request_uri of another client, and on an unknown one', async () => {
  const stack = await startStack();
  expect(await visit(stack, { request_uri: await requestUriOf(stack), client_id: 'another' })).toBe(400);
  expect(await visit(stack, { request_uri: 'urn:ietf:params:oauth:request_uri:made-up' })).toBe(400);
  expect(await visit(stack, { request_uri: 'https://getdrop.example/request.jwt' })).toBe(400);
});

it('ignores other parameters beside a request_uri', async () => {
  const stack = await startStack();
  const request_uri = await requestUriOf(stack);
  expect(await visit(stack, { request_uri, redirect_uri: 'https://evil.example' })).toBe(200);
});

it('shows an error page on a request by the browser when requests must be pushed', async () => {
  const stack = await startStack({}, { emulated: { requirePushedRequests: true } });
  expect(await visit(stack, wellFormed)).toBe(400);
});

it.each([
  ['a wrong secret', { client_secret: 'wrong' }, { status: 401, body: { error: 'invalid_client' } }],
  ['another redirect URI', { redirect_uri: 'https://evil.example' }, { status: 400 }],
  ['plain PKCE', { code_challenge_method: 'plain' }, { status: 400, body: { error: 'invalid_request' } }],
  ['no openid', { scope: 'profile' }, { status: 400, body: { error: 'invalid_scope' } }],
  ['a request_uri of its own', { request_uri: 'urn:x' }, { status: 400, body: { error: 'invalid_request' } }],
])('refuses a pushed request with %s', async (_, changes, expected) => {
  const stack = await startStack();
  await expect(push(stack, changes)).resolves.toMatchObject(expected);
});

it('accepts a national identity number in the hint of a pushed request, which no browser sees', async () => {
  const stack = await startStack();
  await expect(push(stack, { login_hint: 'BID:02013299997' })).resolves.toMatchObject({ status: 201 });
});
