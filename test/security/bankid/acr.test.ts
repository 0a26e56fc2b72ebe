import { expect, it } from 'vitest';
import { presets } from '#services/bankid/presets.ts';
import { expectRefusal, redirectUri, signIn, signInOverridden, startStack } from './stack.ts';

const high = ['urn:bankid:bid'];
const substantial = ['urn:bankid:bis'];

it('requests the level in the authorization request', async () => {
  const { bankId } = await startStack({ acrValues: [...high, ...substantial], pushedAuthorization: 'never' });
  const { authorizeUrl } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
  expect(new URL(authorizeUrl).searchParams.get('acr_values')).toBe('urn:bankid:bid urn:bankid:bis');
});

it.each([
  ['weaker than requested', { claims: { acr: 'urn:bankid:bis;LOA=3' } }],
  ['of another family', { claims: { acr: 'idporten-loa-high' } }],
  ['that only has the requested level as a prefix', { claims: { acr: 'urn:bankid:bidx' } }],
  ['missing', { withoutClaims: ['acr'] }],
  ['that is not a string', { claims: { acr: 4 } }],
])('refuses a level that is %s', async (_, override) => {
  const stack = await startStack({ acrValues: high });
  await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', /acr/);
});

it.each(['urn:bankid:bis', 'urn:bankid:bis;LOA=3', 'urn:bankid:bid', 'urn:bankid:bid;LOA=4'])(
  'accepts %s when substantial was requested',
  async (acr) => {
    const stack = await startStack({ acrValues: substantial });
    await expect(signInOverridden(stack, { claims: { acr } })).resolves.toMatchObject({ acr });
  },
);

it('requests and requires no level when none is configured', async () => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { withoutClaims: ['acr'] })).resolves.toMatchObject({
    acr: undefined,
  });
  await expect(signIn(stack.bankId)).resolves.toBeDefined();
});

it.each(['BID', ['bid'], undefined])('accepts any form of the methods (%j)', async (amr) => {
  const stack = await startStack();
  await expect(signInOverridden(stack, { claims: { amr } })).resolves.toBeDefined();
});

it.each([
  ['id-porten', 'idporten-loa-high', 'idporten-loa-substantial', true],
  ['id-porten', 'idporten-loa-substantial', 'idporten-loa-high', false],
  ['id-porten', 'idporten-loa-low', 'idporten-loa-substantial', false],
  ['idura', 'urn:grn:authn:no:bankid:high', 'urn:grn:authn:no:bankid:substantial', true],
  ['idura', 'urn:grn:authn:no:bankid:substantial', 'urn:grn:authn:no:bankid:high', false],
  ['idura', 'urn:grn:authn:no:bankid', 'urn:grn:authn:no:bankid:substantial', false],
  ['id-porten', 'urn:bankid:bid', 'idporten-loa-substantial', false],
] as const)('compares levels at %s within one family (%s when %s was requested)', async (...levels) => {
  const [issuer, acr, asked, isAccepted] = levels;
  const { scope } = presets[issuer];
  const stack = await startStack({ acrValues: [asked], scope }, { emulated: { imitated: { issuer } } });
  const attempt = signInOverridden(stack, { claims: { acr } });
  if (isAccepted) await expect(attempt).resolves.toMatchObject({ acr });
  else await expectRefusal(attempt, 'sign_in_token_invalid', /acr/);
});
