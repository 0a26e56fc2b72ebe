import { expect, it } from 'vitest';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { presets } from '#services/bankid/presets.ts';
import { LiveDrop } from './live-drop.ts';
import {
  choose,
  kari,
  redirectUri,
  seconds,
  signIn,
  signInOverridden,
  startStack,
  type Stack,
} from './stack.ts';

const number = kari.nationalIdentityNumber;

/** The one warning of a refused sign-in. */
async function warningOf(stack: Stack, override: Record<string, unknown>) {
  await expect(signInOverridden(stack, override)).rejects.toMatchObject({ code: 'sign_in_token_invalid' });
  const [warning, ...others] = stack.logged;
  expect(others).toEqual([]);
  return warning;
}

const evil = 'https://evil.example';
const refusals: [string, Record<string, unknown> | ((stack: Stack) => Record<string, unknown>), object][] = [
  ['another issuer', { claims: { iss: evil } }, { issuer: evil }],
  ['no issuer', { withoutClaims: ['iss'] }, { issuer: 'missing' }],
  ['another audience', { claims: { aud: 'someone-else' } }, { audience: 'someone-else' }],
  ['a second audience', { claims: { aud: ['demo-drop', 'b'] } }, { audience: ['demo-drop', 'b'] }],
  ['another authorised party', { claims: { azp: 'someone-else' } }, { authorizedParty: 'someone-else' }],
  ['another nonce', { claims: { nonce: 'not-mine' } }, { nonce: 'differs' }],
  ['no nonce', { withoutClaims: ['nonce'] }, { nonce: 'missing' }],
  [
    'an expiry in the past',
    (stack) => ({ claims: { exp: seconds(stack, -60) } }),
    { expiresAt: '2026-02-23T14:29:00.000Z', nonce: 'matches' },
  ],
  ['an expiry that is no time', { claims: { exp: 'soon' } }, { expiresAt: 'not a time' }],
  ['no time of issue', { withoutClaims: ['iat'] }, { issuedAt: 'missing' }],
  ['an algorithm that is not accepted', { alg: 'HS256' }, { alg: 'HS256' }],
  ['no algorithm', { alg: 'none' }, { alg: 'none' }],
  ['an unknown key', { key: 'unpublished', header: { kid: 'stranger' } }, { kid: 'stranger' }],
  ['a weaker level', { claims: { acr: 'urn:bankid:bis' } }, { acr: 'urn:bankid:bis' }],
  ['a wrong signature', { signature: 'tampered' }, { alg: 'ES256', nonce: 'matches' }],
  ['no payload', { parts: 1 }, { header: 'unreadable', claims: 'unreadable' }],
];

it.each(refusals)('an ID token with %s is logged with what came', async (_name, override, received) => {
  const stack = await startStack({ acrValues: ['urn:bankid:bid'] });
  const warning = await warningOf(stack, typeof override === 'function' ? override(stack) : override);
  expect(warning?.message).toMatch(/^the ID token is not accepted: /);
  expect(warning?.details['received']).toMatchObject(received);
});

it('the log says what was expected', async () => {
  const stack = await startStack({ ...presets.bankid, maxAgeSeconds: 60 });
  const warning = await warningOf(stack, { claims: { iss: evil } });
  expect(warning?.details['expected']).toEqual({
    issuer: stack.issuer,
    audience: 'demo-drop',
    algorithms: ['ES256'],
    at: '2026-02-23T14:30:00.000Z',
    acr: ['urn:bankid:bid'],
    maxAgeSeconds: 60,
    numberIn: presets.bankid.nationalIdentityClaims,
  });
});

it('without the number the log names the claims that came', async () => {
  const stack = await startStack({ ...presets.bankid, scope: 'openid profile' });
  const warning = await warningOf(stack, {});
  expect(warning?.message).toMatch(/number, it is missing/);
  const { claims } = warning?.details['received'] as { claims: string[] };
  expect(claims).toEqual(expect.arrayContaining(['sub', 'birthdate', 'bankid_altsub']));
  expect(claims).not.toContain('nnin_altsub');
});

it('without the number in userinfo the log names the claims of userinfo', async () => {
  const stack = await startStack(
    { ...presets.signicat, scope: 'openid profile' },
    { emulated: { imitated: { issuer: 'signicat' } } },
  );
  const warning = await warningOf(stack, {});
  expect(warning?.details['received']).toMatchObject({
    userinfoClaims: ['sub', 'name', 'given_name', 'family_name', 'birthdate'],
  });
});

it('an accepted ID token is not logged', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  expect(stack.logged).toEqual([]);
});

it('the log has neither number, nonce, token, name nor birth date, even if other claims repeat them', async () => {
  const stack = await startStack();
  const { authorizeUrl, transaction } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  const { nonce } = transaction;
  const repeated = `${nonce} ${number} ${number.slice(0, 6)} ${number.slice(6)}`;
  await stack.act('bend_next_id_token', {
    claims: { iss: repeated, aud: [repeated], acr: number, azp: repeated, [number]: 'a name of a claim' },
    header: { kid: `${number} ${nonce}` },
  });
  const callback = await choose(authorizeUrl, 'kari');
  await expect(stack.bankId.completeSignIn(callback, transaction)).rejects.toThrow();
  const logged = JSON.stringify(stack.logged);
  for (const value of [number, nonce, 'eyJ', kari.name, kari.birthdate]) expect(logged).not.toContain(value);
  expect(logged).not.toContain(`${number.slice(0, 6)} ${number.slice(6)}`);
});

it('a long claim is shortened, and at most sixty claims are named', async () => {
  const stack = await startStack();
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`claim_${index}`, index]));
  const warning = await warningOf(stack, { claims: { ...many, iss: 'i'.repeat(10_000) } });
  expect(JSON.stringify(warning).length).toBeLessThan(4_000);
});

it('Drop writes the refusal as a warning, without the number', async () => {
  const drop = await LiveDrop.start();
  await drop.stack.override({ claims: { iss: evil } });
  expect((await drop.finish(await drop.begin())).status).toBe(401);
  const left = await drop.stack.end();
  const lines = (left.get('log') ?? '').split('\n').filter((line) => line.includes('"received"'));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    level: 40,
    expected: { audience: 'demo-drop' },
    received: { issuer: evil, nonce: 'matches' },
  });
});

it('an identity without a certain date of birth is refused with a warning', async () => {
  const drop = await LiveDrop.start();
  const claims = { nnin_altsub: syntheticNationalIdentityNumber('1984-02-01', 125, 'd_number') };
  await drop.stack.override({ claims, withoutClaims: ['birthdate'] });
  expect((await drop.finish(await drop.begin())).status).toBe(401);
  const left = await drop.stack.end();
  expect(left.get('log')).toContain('a number with a certain date of birth');
  expect(left.get('log')).not.toContain(claims.nnin_altsub);
});
