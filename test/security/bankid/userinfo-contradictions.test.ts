import { it } from 'vitest';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { signInOverriddenAt, startBroker } from './broker.ts';
import { expectRefusal, kari, signInOverridden } from './stack.ts';

const number = kari.nationalIdentityNumber;
const another = syntheticNationalIdentityNumber('1990-05-17', 324);

it.each([
  ['without a number', { withoutClaims: ['nin'] }, /it is missing/],
  ['with a number that is not a string', { claims: { nin: Number(number) } }, /nin is not a string/],
  ['with an invalid number', { claims: { nin: `${number.slice(0, 10)}x` } }, /not_eleven_digits/],
  ['with another birth date', { claims: { birthdate: '1990-05-18' } }, /contradicts/],
  ['with an invalid birth date', { claims: { birthdate: '17.05.1990' } }, /at fault: birthdate/],
])('refuses an answer of userinfo %s', async (_, override, reason) => {
  await expectRefusal(signInOverriddenAt(override), 'sign_in_token_invalid', reason);
});

it.each([
  ['a number', { claims: { nin: another } }],
  ['a birth date', { claims: { birthdate: '1991-01-01' } }],
])('refuses %s that differs between the ID token and userinfo', async (_, override) => {
  const stack = await startBroker();
  const reason = /userinfo, its \w+ contradicts the ID token/;
  await expectRefusal(signInOverridden(stack, override), 'sign_in_token_invalid', reason);
});
