import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPsd2Certificate } from './psd2-certificate.ts';

/** Made by OpenSSL; see the README.md beside them. */
const pem = (name: string): string => readFileSync(`test/outbound/fixtures/${name}.pem`, 'utf8');

const organisation = 'PSDNO-FSA-000000000';

test.each([
  ['payment-institution', ['PSP_PI', 'PSP_AI']],
  ['account-information-institution', ['PSP_AI']],
])('the certificate of a %s names its roles and its organisation', async (name, roles) => {
  expect(await readPsd2Certificate(pem(name))).toEqual({ organisation, roles });
});

test('a statement that cannot be read names no role', async () => {
  expect(await readPsd2Certificate(pem('garbled-statements'))).toEqual({ organisation, roles: [] });
});

test('a certificate without statements names neither role nor organisation', async () => {
  expect(await readPsd2Certificate(pem('client'))).toEqual({ organisation: undefined, roles: [] });
});
