import { describe, expect, it } from 'vitest';
import { syntheticNationalIdentityNumber } from '#domain/national-identity-number.ts';
import { expectRefusal, kari, signIn, signInBent, startStack, type Stack } from './stack.ts';

const number = kari.nationalIdentityNumber;
const another = syntheticNationalIdentityNumber('1990-05-17', 324);
const tokenInvalid = 'sign_in_token_invalid';
const exchangeFailed = 'sign_in_code_exchange_failed';

/** An issuer that keeps number and name for userinfo, as Signicat does by default. */
function startBroker(): Promise<Stack> {
  return startStack(
    { identitySource: 'userinfo', nationalIdentityClaims: ['nin'], scope: 'openid profile nin' },
    { emulated: { identitySource: 'userinfo', nationalIdentityClaims: ['nin'] } },
  );
}

async function signInBentAt(bend: Record<string, unknown>): Promise<unknown> {
  const stack = await startBroker();
  await stack.act('bend_next_userinfo', bend);
  return signIn(stack.bankId);
}

it('userinfo-bearer-header, scope-userinfo-claims: number, name and birth date are those of userinfo', async () => {
  const stack = await startBroker();
  const identity = await signIn(stack.bankId);
  expect(identity.nationalIdentityNumber.reveal()).toBe(number);
  expect(identity).toMatchObject({ name: kari.name, birthdate: kari.birthdate, issuer: stack.issuer });
  expect(stack.requests('userinfo')).toBe(1);
});

it('asks userinfo nothing where the ID token bears the number', async () => {
  const stack = await startStack();
  await signIn(stack.bankId);
  expect(stack.requests('userinfo')).toBe(0);
});

it('asks userinfo nothing before the ID token has been verified', async () => {
  const stack = await startBroker();
  await expectRefusal(signInBent(stack, { signature: 'tampered' }), tokenInvalid, /signature/);
  await expectRefusal(signInBent(stack, { claims: { at_hash: 'x' } }), tokenInvalid, /at_hash/);
  expect(stack.requests('userinfo')).toBe(0);
});

it.each([
  ['userinfo-invalid-sub: of somebody else', { claims: { sub: 'somebody-else' } }, /another subject/],
  ['of nobody', { withoutClaims: ['sub'] }, /at fault: sub/],
  ['of an empty subject', { claims: { sub: '' } }, /at fault: sub/],
  ['of a subject that is no text', { claims: { sub: 7 } }, /at fault: sub/],
  ['without a number', { withoutClaims: ['nin'] }, /there is none/],
  ['with a number that is no text', { claims: { nin: Number(number) } }, /nin is not text/],
  ['with a number that does not hold', { claims: { nin: `${number.slice(0, 10)}x` } }, /not_eleven_digits/],
  ['with the birth date of another', { claims: { birthdate: '1990-05-18' } }, /contradicts/],
  ['with a birth date that is none', { claims: { birthdate: '17.05.1990' } }, /at fault: birthdate/],
])('refuses an answer %s', async (_, bend, reason) => {
  await expectRefusal(signInBentAt(bend), tokenInvalid, reason);
});

it.each([
  ['a number', { claims: { nin: another } }],
  ['a birth date', { claims: { birthdate: '1991-01-01' } }],
])('refuses %s that differs between the ID token and userinfo', async (_, bend) => {
  const stack = await startBroker();
  await expectRefusal(signInBent(stack, bend), tokenInvalid, /userinfo, its \w+ contradicts the ID token/);
});

it('takes nothing but the person from userinfo: what judged the ID token stays', async () => {
  const stack = await startBroker();
  const claims = { iss: 'https://evil.example', acr: 'urn:bankid:none', aud: 'other', exp: 1 };
  await stack.act('bend_next_userinfo', { claims });
  const identity = await signIn(stack.bankId);
  expect(identity).toMatchObject({ issuer: stack.issuer, acr: 'urn:bankid:bid;LOA=4' });
});

it('asks with a token that userinfo of another sign-in does not take the number from', async () => {
  const stack = await startBroker();
  const [one, two] = [await signIn(stack.bankId), await signIn(stack.bankId, 'dag')];
  expect(one.nationalIdentityNumber.reveal()).not.toBe(two.nationalIdentityNumber.reveal());
});

it.each([
  ['401', { status: 401 }, /userinfo answered 401/],
  ['403', { status: 403 }, /userinfo answered 403/],
  ['302', { status: 302 }, /userinfo answered 302/],
  ['404', { status: 404 }, /userinfo answered 404/],
])('reports the status %s as a failed exchange', async (_, fault, reason) => {
  const stack = await startBroker();
  stack.faults.add({ operation: 'userinfo', effect: 'status', ...fault });
  const error = await expectRefusal(signIn(stack.bankId), exchangeFailed, reason);
  expect(error.details).toMatchObject({ operation: 'bankid.userinfo', httpStatus: fault.status });
  expect(stack.requests('userinfo')).toBe(1);
});

it.each([
  ['a page', { as: 'html' }],
  ['a signed answer, which Drop does not ask for', { as: 'jwt' }],
])('reports an answer that is %s as a failed exchange', async (_, bend) => {
  await expectRefusal(signInBentAt(bend), exchangeFailed, /not with JSON/);
});

it('reports another success than 200 as a failed exchange', async () => {
  await expectRefusal(signInBentAt({ status: 206 }), exchangeFailed, /userinfo answered 206/);
});

it('reports an error in an answer of 200 as a failed exchange, with its code', async () => {
  const attempt = signInBentAt({ claims: { error: 'server_error' }, withoutClaims: ['sub'] });
  const error = await expectRefusal(attempt, exchangeFailed, /userinfo answered 200/);
  expect(error.details).toMatchObject({ providerCode: 'server_error' });
});

it('reports half an answer, and too much of one, as a failed exchange', async () => {
  const stack = await startBroker();
  stack.faults.add({ operation: 'userinfo', effect: 'malformed' });
  await expectRefusal(signIn(stack.bankId), exchangeFailed, /not with JSON/);
  await expectRefusal(
    signInBentAt({ claims: { padding: 'x'.repeat(70_000) } }),
    exchangeFailed,
    /larger than/,
  );
});

describe('while userinfo is down', () => {
  it.each([
    ['503', { effect: 'status', status: 503, retryAfterSeconds: 120 }, 120_000],
    ['429', { effect: 'status', status: 429, retryAfterSeconds: 120 }, 120_000],
    ['a broken connection', { effect: 'reset' }, 10_000],
  ] as const)('%s is unavailable, and says when to come back', async (_, fault, retryAfterMs) => {
    const stack = await startBroker();
    stack.faults.add({ operation: 'userinfo', ...fault });
    const error = await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /./);
    expect(error.details).toMatchObject({ operation: 'bankid.userinfo', retryAfterMs });
  });

  it('one failure is asked again, and the code is not sent twice', async () => {
    const stack = await startBroker();
    stack.faults.add({ operation: 'userinfo', effect: 'reset', times: 1 });
    await signIn(stack.bankId);
    expect([stack.requests('userinfo'), stack.requests('token')]).toEqual([2, 1]);
  });
});

describe('the address of userinfo', () => {
  it('must be named where it is to be asked', async () => {
    const stack = await startBroker();
    await stack.act('bend_discovery', { without: ['userinfo_endpoint'] });
    await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /names no userinfo/);
  });

  it('must be https', async () => {
    const stack = await startBroker();
    await stack.act('bend_discovery', { set: { userinfo_endpoint: 'http://elsewhere.example/userinfo' } });
    await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /not https/);
  });

  it('is not called on another host, whatever the metadata says', async () => {
    const stack = await startBroker();
    await stack.act('bend_discovery', { set: { userinfo_endpoint: 'https://elsewhere.example/userinfo' } });
    await expectRefusal(signIn(stack.bankId), 'sign_in_unavailable', /./);
    expect(stack.requests('userinfo')).toBe(0);
  });

  it('may be configured, without metadata too', async () => {
    const stack = await startBroker();
    const urls = {
      authorizeUrl: `${stack.issuer}/precheck/auth`,
      tokenUrl: `${stack.issuer}/protocol/openid-connect/token`,
      jwksUrl: `${stack.issuer}/protocol/openid-connect/certs`,
    };
    await signIn(stack.client({ ...urls, userinfoUrl: `${stack.issuer}/userinfo` }));
    expect(stack.requests('discovery')).toBe(0);
    expect(() => stack.client(urls)).toThrow(/names no userinfo/);
  });

  it('is of no account where the ID token bears the number', async () => {
    const stack = await startStack();
    await stack.act('bend_discovery', { set: { userinfo_endpoint: 'nonsense' } });
    await signIn(stack.bankId);
  });
});

describe('the emulator', () => {
  it.each([
    ['no token', {}, 401, 'Bearer realm="sandbox"'],
    ['a token that it did not give', { authorization: 'Bearer x' }, 401, /error="invalid_token"/],
    ['another scheme', { authorization: 'Basic x' }, 401, 'Bearer realm="sandbox"'],
  ])('refuses %s', async (_, headers: Record<string, string>, status, challenge) => {
    const stack = await startBroker();
    const answer = await fetch(`${stack.issuer}/userinfo?access_token=x`, { headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('www-authenticate')).toMatch(challenge);
  });
});
