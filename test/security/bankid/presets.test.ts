import { expect, it } from 'vitest';
import { presets, type PresetName } from '#services/bankid/presets.ts';
import { expectRefusal, kari, redirectUri, signIn, signInOverridden, startStack } from './stack.ts';

const levels: [PresetName, string, string | undefined][] = [
  ['bankid', 'urn:bankid:bid;LOA=4', 'urn:bankid:bis'],
  ['id-porten', 'idporten-loa-high', 'idporten-loa-substantial'],
  ['idura', 'urn:grn:authn:no:bankid:high', 'urn:grn:authn:no:bankid:substantial'],
  ['signicat', 'none', undefined],
];

it.each(levels)('signs in at %s, with its claim, scope and the level %s', async (name, acr) => {
  const stack = await startStack(presets[name], { emulated: { imitated: { issuer: name } } });
  const identity = await signIn(stack.bankId);
  expect(identity.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
  expect(identity.acr ?? 'none').toBe(acr);
});

it.each(levels.filter(([, , weaker]) => weaker))(
  'refuses at %s a weaker level than requested, and a missing one',
  async (name, _acr, weaker) => {
    const stack = await startStack(presets[name], { emulated: { imitated: { issuer: name } } });
    const attempt = signInOverridden(stack, { claims: { acr: weaker } });
    await expectRefusal(attempt, 'sign_in_token_invalid', /acr/);
    const silent = signInOverridden(stack, { withoutClaims: ['acr'] });
    await expectRefusal(silent, 'sign_in_token_invalid', /acr/);
  },
);

it.each(levels)('requests the scopes of %s', async (name) => {
  const stack = await startStack({ ...presets[name], pushedAuthorization: 'never' });
  const { authorizeUrl } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  const { searchParams } = new URL(authorizeUrl);
  expect(searchParams.get('scope')).toBe(presets[name].scope);
  expect(searchParams.get('acr_values')).toBe(presets[name].acrValues?.join(' ') ?? null);
});
