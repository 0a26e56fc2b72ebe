import { createHash } from 'node:crypto';
import { request } from 'undici';
import { expect, it } from 'vitest';
import { choose, redirectUri, startStack, type Stack } from './stack.ts';

const verifier = 'v'.repeat(43);
const wellFormed = {
  client_id: 'demo-drop',
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'openid profile',
  state: 's',
  nonce: 'n',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};

const authorizeUrl = (stack: Stack, parameters: Record<string, string>): string =>
  `${stack.issuer}/precheck/auth?${new URLSearchParams(parameters).toString()}`;

async function token(stack: Stack, form: Record<string, string>) {
  const answer = await request(`${stack.issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'demo-drop',
      client_secret: 'demo-secret: with % and +',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...form,
    }).toString(),
  });
  return { status: answer.statusCode, body: await answer.body.json() };
}

it.each([
  ['an unknown client', { client_id: 'another' }],
  ['a redirect URI that is not registered', { redirect_uri: `${redirectUri}/` }],
])('shows an error page, without a redirect, on %s', async (_, parameters) => {
  const stack = await startStack();
  const answer = await request(authorizeUrl(stack, { ...wellFormed, ...parameters }));
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['location']).toBeUndefined();
});

it.each([
  ['no state', { state: '' }, 'invalid_request'],
  ['no nonce', { nonce: '' }, 'invalid_request'],
  ['no PKCE', { code_challenge: '' }, 'invalid_request'],
  ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['the implicit flow', { response_type: 'id_token' }, 'unsupported_response_type'],
  ['no openid', { scope: 'profile' }, 'invalid_scope'],
  ['a national identity number in the hint', { login_hint: 'BID:02013299997' }, 'invalid_request'],
])('redirects with an error on %s', async (_, parameters, error) => {
  const stack = await startStack();
  const returned = await choose(authorizeUrl(stack, { ...wellFormed, ...parameters }), 'kari');
  expect(returned.get('error')).toBe(error);
});

it('accepts authorization requests by GET only', async () => {
  const stack = await startStack();
  const answer = await request(authorizeUrl(stack, wellFormed), { method: 'POST' });
  expect(answer.statusCode).toBe(405);
});

it.each(['nb', 'en'])('answers in %s when requested', async (locale) => {
  const stack = await startStack();
  const answer = await request(authorizeUrl(stack, { ...wellFormed, ui_locales: locale }));
  const page = await answer.body.text();
  expect(page).toContain(`<html lang="${locale}">`);
  expect(page).toContain({ nb: 'SANDKASSE', en: 'SANDBOX' }[locale]);
  expect(page).toContain({ nb: 'Hvem vil du logge inn som?', en: 'Who do you want to sign in as?' }[locale]);
  expect(page).not.toContain('124');
});

it.each([
  ['another redirect URI', { redirect_uri: 'drop://auth/callback' }],
  ['another verifier', { code_verifier: 'w'.repeat(43) }],
  ['no verifier', { code_verifier: '' }],
])('refuses a code with %s, and the code is then used up', async (_, form) => {
  const stack = await startStack();
  const code = (await choose(authorizeUrl(stack, wellFormed), 'kari')).get('code') ?? '';
  await expect(token(stack, { code, ...form })).resolves.toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  await expect(token(stack, { code })).resolves.toMatchObject({ body: { error: 'invalid_grant' } });
});

it('provides the profile only when its scope was requested', async () => {
  const stack = await startStack();
  const code =
    (await choose(authorizeUrl(stack, { ...wellFormed, scope: 'openid' }), 'kari')).get('code') ?? '';
  const { status, body } = await token(stack, { code });
  expect(status).toBe(200);
  const [, payload = ''] = JSON.stringify(body).split('.');
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  expect(claims).not.toHaveProperty('name');
  expect(claims).toMatchObject({ nonce: 'n', azp: 'demo-drop', typ: 'ID' });
});

it('discards pages, codes, overrides and rotated keys on reset', async () => {
  const stack = await startStack();
  const code = (await choose(authorizeUrl(stack, wellFormed), 'kari')).get('code') ?? '';
  stack.reset();
  await expect(token(stack, { code })).resolves.toMatchObject({ body: { error: 'invalid_grant' } });
});

/** Opens the page; the returned function chooses a person and can be called repeatedly. */
async function pageOf(stack: Stack): Promise<() => Promise<number>> {
  const page = await request(authorizeUrl(stack, wellFormed));
  const text = await page.body.text();
  const [, authorization = ''] = /name="authorization" value="([^"]*)"/.exec(text) ?? [];
  return async () => {
    const answer = await request(`${stack.issuer}/precheck/choose`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ authorization, person: 'kari' }).toString(),
    });
    await answer.body.dump();
    return answer.statusCode;
  };
}

it('accepts one answer per page', async () => {
  const chooseKari = await pageOf(await startStack());
  expect(await chooseKari()).toBe(303);
  expect(await chooseKari()).toBe(400);
});

it('accepts no answer on a page older than ten minutes', async () => {
  const stack = await startStack();
  const chooseKari = await pageOf(stack);
  stack.clock.advance(600_000);
  expect(await chooseKari()).toBe(400);
});

it('exchanges a code once', async () => {
  const stack = await startStack();
  const code = (await choose(authorizeUrl(stack, wellFormed), 'kari')).get('code') ?? '';
  await expect(token(stack, { code })).resolves.toMatchObject({ status: 200 });
  await expect(token(stack, { code })).resolves.toMatchObject({ body: { error: 'invalid_grant' } });
});

it('exchanges no code older than a minute', async () => {
  const stack = await startStack();
  const code = (await choose(authorizeUrl(stack, wellFormed), 'kari')).get('code') ?? '';
  stack.clock.advance(60_000);
  await expect(token(stack, { code })).resolves.toMatchObject({ body: { error: 'invalid_grant' } });
});

it.each([
  ['another client', { client_id: 'another' }],
  ['another secret', { client_secret: 'another' }],
  ['no secret', { client_secret: '' }],
])('refuses %s, and the code remains valid', async (_, form) => {
  const stack = await startStack();
  const code = (await choose(authorizeUrl(stack, wellFormed), 'kari')).get('code') ?? '';
  await expect(token(stack, { code, ...form })).resolves.toMatchObject({
    status: 401,
    body: { error: 'invalid_client' },
  });
  await expect(token(stack, { code })).resolves.toMatchObject({ status: 200 });
});

it('accepts token requests only as forms with each parameter once and the code grant', async () => {
  const stack = await startStack();
  await expect(token(stack, { grant_type: 'password' })).resolves.toMatchObject({
    body: { error: 'unsupported_grant_type' },
  });
  for (const [contentType, body] of [
    ['application/json', '{}'],
    ['application/x-www-form-urlencoded', 'code=a&code=b'],
  ] as const) {
    const answer = await request(`${stack.issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    expect(await answer.body.json()).toMatchObject({ error: 'invalid_request' });
  }
});
