import { expect, it } from 'vitest';
import { syntheticNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import { expectRefusal, kari, signIn, signInOverridden, startStack } from './stack.ts';

const number = kari.nationalIdentityNumber;
/** Valid numbers that belong to no person: one in the ordinary form, and one in the form of H-numbers. */
const ordinary = '02013299997';
const hospital = '01418000119';

it.each([
  ['ten digits', number.slice(1)],
  ['twelve digits', `${number}0`],
  ['a space in it', `${number.slice(0, 6)} ${number.slice(6)}`],
  ['a line break after it', `${number}\n`],
  ['Arabic digits', number.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)))],
  ['nothing in it', ''],
])('refuses a national identity number with %s', async (_, pid) => {
  const stack = await startStack();
  await expectRefusal(
    signInOverridden(stack, { claims: { pid } }),
    'sign_in_token_invalid',
    /not_eleven_digits/,
  );
});

it.each([Number(number), null, [number], { value: number }])(
  'refuses a national identity number that is not a string (%#)',
  async (pid) => {
    const stack = await startStack();
    await expectRefusal(
      signInOverridden(stack, { claims: { pid } }),
      'sign_in_token_invalid',
      /pid is not a string/,
    );
  },
);

it('refuses a national identity number with a wrong control digit', async () => {
  const stack = await startStack();
  const pid = `${number.slice(0, 10)}${(Number(number.slice(10)) + 1) % 10}`;
  await expectRefusal(
    signInOverridden(stack, { claims: { pid } }),
    'sign_in_token_invalid',
    /control_digits/,
  );
});

it('refuses an H-number, which the National Registry does not contain', async () => {
  const stack = await startStack();
  const override = { claims: { pid: hospital }, withoutClaims: ['birthdate'] };
  await expectRefusal(
    signInOverridden(stack, override),
    'sign_in_token_invalid',
    /not from the National Registry/,
  );
});

it('refuses a synthetic number when only real people may sign in', async () => {
  const stack = await startStack({ acceptSynthetic: false });
  await expectRefusal(signIn(stack.bankId), 'sign_in_token_invalid', /it is synthetic/);
});

it('accepts an ordinary number in production and in a test environment', async () => {
  const stack = await startStack();
  const override = { claims: { pid: ordinary }, withoutClaims: ['birthdate'] };
  for (const acceptSynthetic of [true, false]) {
    const identity = await signInOverridden(stack, override, stack.client({ acceptSynthetic }));
    expect(identity.nationalIdentityNumber.reveal()).toBe(ordinary);
  }
});

it('refuses a person without a national identity number', async () => {
  const stack = await startStack();
  await expectRefusal(signIn(stack.bankId, 'uten'), 'sign_in_token_invalid', /it is missing/);
});

it.each(['pid', 'nnin_altsub', 'sub_nnin', 'nin', 'socialno'])(
  'finds the number in the claim %s',
  async (claim) => {
    const stack = await startStack();
    const override = {
      claims: { [claim]: number },
      withoutClaims: ['pid', 'nnin_altsub'].filter((name) => name !== claim),
    };
    const identity = await signInOverridden(stack, override);
    expect(identity.nationalIdentityNumber.reveal()).toBe(number);
  },
);

it('uses the first claim in the configured order, and tries no other when it is invalid', async () => {
  const stack = await startStack({ nationalIdentityClaims: ['nnin_altsub', 'pid'] });
  const other = syntheticNationalIdentityNumber('1990-05-17', 300);
  const identity = await signInOverridden(stack, { claims: { pid: other } });
  expect(identity.nationalIdentityNumber.reveal()).toBe(number);
  const bad = signInOverridden(stack, { claims: { nnin_altsub: 'x' } });
  await expectRefusal(bad, 'sign_in_token_invalid', /not_eleven_digits/);
});

it('does not read the number from claims that are not configured', async () => {
  const stack = await startStack({ nationalIdentityClaims: ['nin'] });
  await expectRefusal(signIn(stack.bankId), 'sign_in_token_invalid', /it is missing/);
});
