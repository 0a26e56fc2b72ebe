import { expect, it } from 'vitest';
import { expectRefusal, signIn, signInOverridden, startStack } from './stack.ts';

it('refuses a birth date that contradicts the number', async () => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims: { birthdate: '1990-05-18' } }),
    'sign_in_token_invalid',
    /contradicts/,
  );
});

it.each(['17.05.1990', '1990-02-30', '1990', 7])('refuses the invalid birth date %j', async (birthdate) => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims: { birthdate } }),
    'sign_in_token_invalid',
    /birthdate/,
  );
});

it('accepts and returns a birth date that differs from the one in a D-number', async () => {
  const stack = await startStack();
  await expect(signIn(stack.bankId, 'dag')).resolves.toMatchObject({ birthdate: '1984-01-30' });
});

it.each([{ withoutClaims: ['birthdate'] }, { claims: { birthdate: null } }])(
  'leaves the birth date undefined when the issuer does not provide it (%#)',
  async (override) => {
    const stack = await startStack();
    await expect(signInOverridden(stack, override)).resolves.toMatchObject({ birthdate: undefined });
  },
);

it.each([
  [{}, 'Kari Anne Nordmann'],
  [{ withoutClaims: ['name'] }, 'Kari Anne Nordmann'],
  [{ withoutClaims: ['name', 'given_name', 'family_name'] }, ''],
])('returns the name as far as the issuer provides it (%#)', async (override, name) => {
  const stack = await startStack();
  await expect(signInOverridden(stack, override)).resolves.toMatchObject({ name });
});
