import { expect, it } from 'vitest';
import { faultsOf } from '#configuration/rules.ts';
import { coreVariables } from '#configuration/variables.ts';

function faultyVariables(environment: Record<string, string>): string[] {
  const core = coreVariables.parse(environment);
  return faultsOf({ core, all: core, given: new Set(), providers: [] })
    .map(({ variable }) => variable)
    .filter((variable) => variable.startsWith('BANKID_'));
}

it('requires the key and its id, and no secret, with private_key_jwt', () => {
  const environment = { BANKID_CLIENT_ID: 'drop', BANKID_CLIENT_AUTHENTICATION: 'private_key_jwt' };
  expect(faultyVariables(environment)).toEqual(['BANKID_PRIVATE_KEY', 'BANKID_PRIVATE_KEY_ID']);
  const key = { BANKID_PRIVATE_KEY: 'a private key in PEM', BANKID_PRIVATE_KEY_ID: 'drop-2026' };
  expect(faultyVariables({ ...environment, ...key })).toEqual([]);
});

it.each(['client_secret_basic', 'client_secret_post'])('requires the secret, and no key, with %s', (way) => {
  const environment = { BANKID_CLIENT_ID: 'drop', BANKID_CLIENT_AUTHENTICATION: way };
  expect(faultyVariables(environment)).toEqual(['BANKID_CLIENT_SECRET']);
});

it('requires neither in mock mode', () => {
  expect(faultyVariables({ BANKID_MOCK: 'true', DROP_ENVIRONMENT: 'staging' })).toEqual([]);
});
