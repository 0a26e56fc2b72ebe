import { expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import type { PresetName } from '#services/bankid/presets.ts';
import { bankIdPeople } from '#sandbox/people.ts';
import { LiveDrop } from './live-drop.ts';

const number = bankIdPeople(systemClock.now())[0]?.nationalIdentityNumber ?? '';
const usual = ['pid', 'nnin_altsub'];

interface Issuer {
  preset: PresetName;
  claim: string;
  acr: string;
  source: 'ID token' | 'userinfo';
  /** The configuration besides the preset. */
  more?: Record<string, string>;
  weaker?: string;
}

const idToken = 'ID token';
const issuers: Issuer[] = [
  {
    preset: 'bankid',
    claim: 'nnin_altsub',
    source: idToken,
    acr: 'urn:bankid:bid;LOA=4',
    weaker: 'urn:bankid:bis',
  },
  {
    preset: 'id-porten',
    claim: 'pid',
    source: idToken,
    acr: 'idporten-loa-high',
    weaker: 'idporten-loa-substantial',
  },
  {
    preset: 'idura',
    claim: 'socialno',
    source: idToken,
    acr: 'urn:grn:authn:no:bankid:high',
    weaker: 'urn:grn:authn:no:bankid:substantial',
  },
  { preset: 'signicat', claim: 'nin', source: 'userinfo', acr: 'whatever' },
  {
    preset: 'signicat',
    claim: 'nin',
    source: idToken,
    acr: 'whatever',
    more: { BANKID_IDENTITY_SOURCE: 'id_token' },
  },
  {
    preset: 'bankid',
    claim: 'nin',
    source: idToken,
    acr: 'nin-high',
    weaker: 'urn:bankid:bid',
    more: { BANKID_NATIONAL_ID_CLAIM: 'nin', BANKID_ACR_VALUES: 'nin-high' },
  },
];

/** Signs Kari in at an issuer that reports her number and level in this form. */
async function signInAt({ preset, claim, source, more }: Issuer, acr: string) {
  const drop = await LiveDrop.start({ BANKID_PRESET: preset, ...more });
  const told = { [claim]: number };
  const claims = { acr, ...(source !== 'userinfo' && told) };
  const withoutClaims = usual.filter((name) => source === 'userinfo' || name !== claim);
  await drop.stack.override({ claims, withoutClaims });
  if (source === 'userinfo') await drop.stack.overrideUserinfo({ claims: told });
  return { drop, status: (await drop.finish(await drop.begin())).status };
}

test.each(issuers)(
  'with BANKID_PRESET=$preset customers sign in with $claim in the $source and the level $acr',
  async (issuer) => {
    const { drop, status } = await signInAt(issuer, issuer.acr);
    expect(status).toBe(302);
    expect((await drop.get('/api/me')).status).toBe(200);
    expect(drop.calls('/userinfo')).toBe(issuer.source === 'userinfo' ? 1 : 0);
  },
);

test.each(issuers.filter(({ weaker }) => weaker))(
  'with BANKID_PRESET=$preset, which requests $acr, the level $weaker is refused',
  async (issuer) => {
    expect((await signInAt(issuer, issuer.weaker ?? '')).status).toBe(401);
  },
);

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
