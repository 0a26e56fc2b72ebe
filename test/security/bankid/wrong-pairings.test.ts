import { describe, expect, it } from 'vitest';
import type { IssuerName } from '#services/bankid/emulator/issuers.ts';
import type { BankIdOptions } from '#services/bankid/options.ts';
import { presetNames, presets, type PresetName } from '#services/bankid/presets.ts';
import { discoveryOf, expectRefusal, kari, redirectUri, signIn, startStack } from './stack.ts';

const issuerNames: IssuerName[] = ['bankid', 'bankid-new-platform', 'id-porten', 'signicat', 'idura'];

/** The preset of BankID also reads the claim of BankID's newest test platform. */
const right: Record<IssuerName, PresetName> = {
  bankid: 'bankid',
  'bankid-new-platform': 'bankid',
  'id-porten': 'id-porten',
  signicat: 'signicat',
  idura: 'idura',
};
const pairs = issuerNames.flatMap((issuer) => presetNames.map((preset) => ({ issuer, preset })));

/** Signs in through the browser or with a pushed request; returns the code of the refusal, or `signed in`. */
async function outcomeOf(issuer: IssuerName, options: Partial<BankIdOptions>): Promise<string> {
  const stack = await startStack(options, { emulated: { imitated: { issuer } } });
  return signIn(stack.bankId).then(
    () => 'signed in',
    (error: { code: string; details: { providerCode?: string } }) =>
      `${error.code} ${error.details.providerCode ?? ''}`,
  );
}

describe.each(['never', 'always'] as const)('with pushed requests: %s', (pushedAuthorization) => {
  const refused = pushedAuthorization === 'never' ? 'sign_in_code_exchange_failed' : 'sign_in_unavailable';

  it.each(pairs.filter(({ issuer, preset }) => right[issuer] === preset))(
    'the preset $preset signs in at $issuer',
    async ({ issuer, preset }) => {
      expect(await outcomeOf(issuer, { ...presets[preset], pushedAuthorization })).toBe('signed in');
    },
  );

  it.each(pairs.filter(({ issuer, preset }) => right[issuer] !== preset))(
    'the preset $preset is refused at $issuer',
    async ({ issuer, preset }) => {
      const outcome = await outcomeOf(issuer, { ...presets[preset], pushedAuthorization });
      expect(outcome).toMatch(new RegExp(`^${refused} invalid_(scope|request)$`));
    },
  );

  it.each([
    ['a scope that the issuer does not know', { scope: 'openid nnin' }, 'invalid_scope'],
    ['the number’s scope of another issuer', { scope: 'openid profile nin' }, 'invalid_scope'],
    ['a level that the issuer does not know', { acrValues: ['urn:bankid:bih'] }, 'invalid_request'],
    ['the level of another issuer', { acrValues: ['idporten-loa-high'] }, 'invalid_request'],
  ])('refuses %s', async (_name, changes, code) => {
    const outcome = await outcomeOf('bankid', { ...presets.bankid, ...changes, pushedAuthorization });
    expect(outcome).toBe(`${refused} ${code}`);
  });
});

it.each<[string, IssuerName, Partial<BankIdOptions>]>([
  ['without the scope nnin_altsub at BankID', 'bankid', { ...presets.bankid, scope: 'openid profile' }],
  ['with openid alone at BankID', 'bankid', { ...presets.bankid, scope: 'openid' }],
  ['with the claim pid at BankID', 'bankid', { ...presets.bankid, nationalIdentityClaims: ['pid'] }],
  [
    'with the claim nnin_altsub at the newest test platform',
    'bankid-new-platform',
    { ...presets.bankid, nationalIdentityClaims: ['nnin_altsub'] },
  ],
  ['without the scope nin at Signicat', 'signicat', { ...presets.signicat, scope: 'openid profile' }],
  [
    'with the ID token as the source at Signicat',
    'signicat',
    { ...presets.signicat, identitySource: 'id_token' },
  ],
  ['without the scope ssn at Idura', 'idura', { ...presets.idura, scope: 'openid' }],
  [
    'with the claim nnin_altsub at ID-porten',
    'id-porten',
    { ...presets['id-porten'], nationalIdentityClaims: ['nnin_altsub'] },
  ],
])('the number is missing %s', async (_name, issuer, options) => {
  const stack = await startStack(options, { emulated: { imitated: { issuer } } });
  await expectRefusal(signIn(stack.bankId), 'sign_in_token_invalid', /number, it is missing/);
});

it('reads the number from userinfo at BankID only if BankID provides it there', async () => {
  const stack = await startStack({ ...presets.bankid, identitySource: 'userinfo' });
  const identity = await signIn(stack.bankId);
  expect(identity.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
});

it('a client that is not approved for the number is refused its scope', async () => {
  const stack = await startStack(
    { ...presets.bankid, pushedAuthorization: 'never' },
    { emulated: { scopes: ['profile'] } },
  );
  await expectRefusal(signIn(stack.bankId), 'sign_in_code_exchange_failed', /invalid_scope/);
});

it.each<[IssuerName, string[], string[]]>([
  ['bankid', ['openid', 'profile', 'nnin_altsub'], ['nnin_altsub']],
  ['bankid-new-platform', ['openid', 'profile', 'nnin_altsub'], ['sub_nnin']],
  ['id-porten', ['openid', 'profile'], ['pid']],
  ['signicat', ['openid', 'profile', 'nin'], ['nin']],
  ['idura', ['openid', 'ssn'], ['socialno']],
])('the metadata of %s names its scopes, its claim and its levels', async (issuer, scopes, claims) => {
  const stack = await startStack({}, { emulated: { imitated: { issuer } } });
  const metadata = await discoveryOf(stack);
  expect(metadata.scopes_supported).toEqual(scopes);
  const numberClaims = ['pid', 'nnin_altsub', 'sub_nnin', 'nin', 'socialno'];
  expect(metadata.claims_supported.filter((name) => numberClaims.includes(name))).toEqual(claims);
  const level = presets[right[issuer]].acrValues?.[0];
  expect(metadata.acr_values_supported[0]).toBe(level);
});

it('the control plane changes the issuer that is imitated', async () => {
  const stack = await startStack({ ...presets['id-porten'] });
  await stack.act('imitate', { issuer: 'id-porten' });
  expect((await signIn(stack.bankId)).acr).toBe('idporten-loa-high');
  stack.reset();
  await expect(stack.client().startSignIn({ redirectUri, locale: 'nb' })).rejects.toMatchObject({
    details: { providerCode: 'invalid_request' },
  });
});
