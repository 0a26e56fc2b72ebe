import { expect, test } from 'vitest';
import type { IssuerName } from '#services/bankid/emulator/issuers.ts';
import type { PresetName } from '#services/bankid/presets.ts';
import { LiveDrop } from './live-drop.ts';

interface Issuer {
  issuer: IssuerName;
  preset: PresetName;
  source: 'id_token' | 'userinfo';
  /** Reported to Drop. */
  acr: string | undefined;
  weaker?: string;
  /** The configuration besides the preset. */
  more?: Record<string, string>;
}

const idura = {
  issuer: 'idura',
  source: 'id_token',
  acr: 'urn:grn:authn:no:bankid:high',
  weaker: 'urn:grn:authn:no:bankid:substantial',
} as const;
const iduraByVariables = {
  BANKID_NATIONAL_ID_CLAIM: 'socialno',
  BANKID_SCOPE: 'openid ssn',
  BANKID_ACR_VALUES: idura.acr,
};
const issuers: Issuer[] = [
  {
    issuer: 'bankid',
    preset: 'bankid',
    source: 'id_token',
    acr: 'urn:bankid:bid;LOA=4',
    weaker: 'urn:bankid:bis',
  },
  {
    issuer: 'id-porten',
    preset: 'id-porten',
    source: 'id_token',
    acr: 'idporten-loa-high',
    weaker: 'idporten-loa-substantial',
  },
  { ...idura, preset: 'idura' },
  { issuer: 'signicat', preset: 'signicat', source: 'userinfo', acr: undefined },
  {
    issuer: 'signicat',
    preset: 'signicat',
    source: 'id_token',
    acr: undefined,
    more: { BANKID_IDENTITY_SOURCE: 'id_token' },
  },
  { ...idura, preset: 'bankid', more: iduraByVariables },
];

/** Signs Kari in at the issuer, which by `claims` reports other claims than its own. */
async function signInAt({ issuer, preset, source, more }: Issuer, claims: Record<string, unknown> = {}) {
  const drop = await LiveDrop.start({ BANKID_PRESET: preset, ...more });
  await drop.stack.act('bankid', 'imitate', { issuer, identitySource: source });
  await drop.stack.override({ claims });
  return { drop, status: (await drop.finish(await drop.begin())).status };
}

test.each(issuers)(
  'with BANKID_PRESET=$preset customers sign in at $issuer, which has the number in $source',
  async (issuer) => {
    const { drop, status } = await signInAt(issuer);
    expect(status).toBe(302);
    expect((await drop.get('/api/me')).status).toBe(200);
    expect(drop.calls('/userinfo')).toBe(issuer.source === 'userinfo' ? 1 : 0);
  },
);

test.each(issuers.filter(({ weaker }) => weaker))(
  'with BANKID_PRESET=$preset, which requests $acr, the level $weaker is refused at $issuer',
  async (issuer) => {
    expect((await signInAt(issuer, { acr: issuer.weaker })).status).toBe(401);
  },
);

test.each([
  ['the scope lacks the number', { BANKID_SCOPE: 'openid profile' }, 401],
  ['the claim is another issuer’s', { BANKID_NATIONAL_ID_CLAIM: 'pid' }, 401],
])('a configuration in which %s fails in the sandbox as at BankID', async (_name, variables, status) => {
  const drop = await LiveDrop.start(variables);
  expect((await drop.finish(await drop.begin())).status).toBe(status);
});

test.each([
  ['a scope', { BANKID_SCOPE: 'openid profile nnin' }],
  ['a level', { BANKID_ACR_VALUES: 'idporten-loa-high' }],
])('a configuration with %s that BankID does not know fails in the sandbox', async (_name, variables) => {
  const drop = await LiveDrop.start(variables);
  expect((await drop.get('/api/auth/bankid')).status).toBe(503);
});

test('the sandbox imitates the issuer that BANKID_PRESET names', async () => {
  const drop = await LiveDrop.start({ BANKID_PRESET: 'id-porten' });
  expect((await drop.finish(await drop.begin())).status).toBe(302);
});

test('scopes, level, age and pushed requests are configurable', async () => {
  const drop = await LiveDrop.start({
    BANKID_SCOPE: 'openid nin',
    BANKID_ACR_VALUES: 'a b',
    BANKID_MAX_AGE_SECONDS: '60',
    BANKID_PAR: 'never',
  });
  const { headers } = await drop.get('/api/auth/bankid');
  const { searchParams } = new URL(String(headers['location']));
  expect(Object.fromEntries(searchParams)).toMatchObject({
    scope: 'openid nin',
    acr_values: 'a b',
    max_age: '60',
    code_challenge_method: 'S256',
  });
});
