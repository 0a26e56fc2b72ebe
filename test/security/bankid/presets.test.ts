import { expect, it } from 'vitest';
import { presets, type PresetName } from '#services/bankid/presets.ts';
import { expectRefusal, kari, redirectUri, signInOverridden, startStack } from './stack.ts';

const levels: [PresetName, string, string, string | undefined][] = [
  ['bankid', 'nnin_altsub', 'urn:bankid:bid;LOA=4', 'urn:bankid:bis'],
  ['id-porten', 'pid', 'idporten-loa-high', 'idporten-loa-substantial'],
  ['idura', 'socialno', 'urn:grn:authn:no:bankid:high', 'urn:grn:authn:no:bankid:substantial'],
  ['signicat', 'nin', 'whatever', undefined],
];

it.each(levels)('signs in at %s, with %s and the level %s', async (name, claim, acr) => {
  const stack = await startStack(presets[name], {
    emulated: { nationalIdentityClaims: [claim], identitySource: presets[name].identitySource },
  });
  const identity = await signInOverridden(stack, { claims: { acr } });
  expect(identity.nationalIdentityNumber.reveal()).toBe(kari.nationalIdentityNumber);
});

it.each(levels.filter(([, , , weaker]) => weaker))(
  'refuses at %s a weaker level than requested, and a missing one',
  async (name, claim, _acr, weaker) => {
    const stack = await startStack(presets[name], {
      emulated: { nationalIdentityClaims: [claim], identitySource: presets[name].identitySource },
    });
    const attempt = signInOverridden(stack, { claims: { acr: weaker } });
    await expectRefusal(attempt, 'sign_in_token_invalid', /acr/);
    const silent = signInOverridden(stack, { withoutClaims: ['acr'] });
    await expectRefusal(silent, 'sign_in_token_invalid', /acr/);
  },
);

it.each(levels)('reads at %s the number from its own claim only', async (name) => {
  const stack = await startStack(presets[name], {
    emulated: { nationalIdentityClaims: ['other'], identitySource: presets[name].identitySource },
  });
  const [acr = ''] = levels.filter(([each]) => each === name).map(([, , level]) => level);
  await expectRefusal(signInOverridden(stack, { claims: { acr } }), 'sign_in_token_invalid', /it is missing/);
});

it.each(levels)('requests the scopes of %s', async (name) => {
  const stack = await startStack({ ...presets[name], pushedAuthorization: 'never' });
  const { authorizeUrl } = await stack.bankId.startSignIn({ redirectUri, locale: 'nb' });
  const { searchParams } = new URL(authorizeUrl);
  expect(searchParams.get('scope')).toBe(presets[name].scope);
  expect(searchParams.get('acr_values')).toBe(presets[name].acrValues?.join(' ') ?? null);
});
