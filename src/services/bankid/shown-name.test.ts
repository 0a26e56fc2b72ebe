import { expect, test } from 'vitest';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { toVerifiedIdentity } from './map.ts';
import { idTokenClaimsSchema } from './wire.ts';

const required = {
  iss: 'https://issuer.example',
  sub: 'subject',
  aud: 'drop',
  nonce: 'nonce',
  exp: 2,
  iat: 1,
};

test.each([
  [{ name: 'Kari \u202eNordmann\u202c' }],
  [{ name: 'Kari\u0000Nordmann' }],
  [{ name: ' Kari\r\nNordmann' }],
  [{ given_name: 'Kari\u200b', family_name: '\ufeffNordmann' }],
])('the name %j is normalised for display', (named) => {
  const claims = idTokenClaimsSchema.parse({
    ...required,
    pid: syntheticNationalIdentityNumber('1990-05-17'),
    ...named,
  });
  const identity = toVerifiedIdentity(claims, { nationalIdentityClaims: ['pid'], acceptSynthetic: true });
  expect(identity.name).toBe('Kari Nordmann');
});
