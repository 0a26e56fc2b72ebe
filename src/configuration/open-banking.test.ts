import { describe, expect, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import { prefixOf } from '#services/open-banking/credentials.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { providersWithSecond, secondProvider } from '../../test/support/second-provider.ts';
import { applicationKey } from '../../test/support/application-key.ts';
import { loadConfig, type Config } from './config.ts';
import type { Environment } from './environment.ts';

const secretValue = 'a-secret-that-must-never-be-shown';

const withoutBanks: Environment = {
  BASE_URL: 'https://pay.example',
  DATABASE_URL: 'postgres://localhost/drop',
  BANKID_CLIENT_ID: 'drop',
  BANKID_CLIENT_SECRET: secretValue,
  NATIONAL_ID_HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
  DATA_ENCRYPTION_KEY: Buffer.alloc(32, 9).toString('base64'),
  AUDIT_SIGNING_KEY: Buffer.alloc(32, 10).toString('base64'),
  SUMSUB_APP_TOKEN: secretValue,
  SUMSUB_SECRET_KEY: secretValue,
  SLACK_WEBHOOK_URL: `https://hooks.slack.com/services/${secretValue}`,
  SMTP_URL: `smtp://drop:${secretValue}@smtp.example:587`,
  MAIL_FROM: 'Drop <drop@mail.example.com>',
};
const [first] = openBankingProviders;
const firstOwn = `${prefixOf(first.id)}_CLIENT_ID`;
const family = { OPENBANKING_CLIENT_ID: 'family', OPENBANKING_CLIENT_SECRET: applicationKey };
const ofSecond = { SECOND_PAY_CLIENT_ID: 'second', SECOND_PAY_CLIENT_SECRET: secretValue };

const load = (environment: Environment): Config =>
  loadConfig({ ...withoutBanks, ...environment }, providersWithSecond);

function faultsIn(environment: Environment): string[] {
  try {
    load(environment);
  } catch (error) {
    if (isDropError(error, 'configuration_invalid')) return error.message.split('\n  ').slice(1);
    throw error;
  }
  return [];
}

const clientIds = ({ openBanking }: Config): Record<string, string> =>
  Object.fromEntries(openBanking.providers.map(({ id, credentials }) => [id, credentials.clientId]));

describe('the credentials of open banking providers', () => {
  test('OPENBANKING_… belong to the first of the list, where no provider is named', () => {
    expect(clientIds(load(family))).toEqual({ [first.id]: 'family' });
  });

  test('OPENBANKING_… belong to the provider that OPENBANKING_PROVIDER names', () => {
    const config = load({ ...family, OPENBANKING_PROVIDER: secondProvider.id });
    expect(clientIds(config)).toEqual({ [secondProvider.id]: 'family' });
    expect(config.openBanking.providerId).toBe(secondProvider.id);
  });

  test('a provider with variables of its own is live beside the one that is named', () => {
    const config = load({ ...family, ...ofSecond });
    expect(clientIds(config)).toEqual({ [first.id]: 'family', [secondProvider.id]: 'second' });
    expect(config.openBanking.providerId).toBe(first.id);
  });

  test('the provider that is named may have variables of its own instead', () => {
    const config = load({ ...ofSecond, OPENBANKING_PROVIDER: secondProvider.id });
    expect(clientIds(config)).toEqual({ [secondProvider.id]: 'second' });
  });

  test('each provider has a callback, a webhook secret and a certificate of its own', () => {
    const { openBanking } = load({
      ...family,
      ...ofSecond,
      OPENBANKING_WEBHOOK_SECRET: `${secretValue}-1`,
      SECOND_PAY_WEBHOOK_SECRET: `${secretValue}-2`,
      SECOND_PAY_CALLBACK_URL: 'https://second.example/back',
    });
    const found = openBanking.providers.map(({ credentials: { callbackUrl, webhookSecrets } }) => {
      return [callbackUrl, webhookSecrets.map((each) => each.reveal()).join()];
    });
    expect(found).toEqual([
      ['https://pay.example/api/openbanking/callback', `${secretValue}-1`],
      ['https://second.example/back', `${secretValue}-2`],
    ]);
  });

  test('in mock mode every provider is live', () => {
    const config = load({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
    expect(Object.keys(clientIds(config))).toEqual(providersWithSecond.map(({ id }) => id));
  });
});

describe('at the start is refused', () => {
  test('a named provider without credentials, each variable with its alternative', () => {
    const faults = faultsIn({});
    expect(faults).toContainEqual(
      expect.stringMatching(`^OPENBANKING_CLIENT_ID is required .or ${firstOwn},`),
    );
    expect(faults).toContainEqual(expect.stringContaining('OPENBANKING_CLIENT_SECRET is required'));
  });

  test.each([
    ['a client id without its secret', { SECOND_PAY_CLIENT_ID: 'second' }, 'CLIENT_SECRET', 'CLIENT_ID'],
    [
      'a webhook secret without a client secret',
      { SECOND_PAY_CLIENT_ID: 'second', SECOND_PAY_WEBHOOK_SECRET: secretValue },
      'CLIENT_SECRET',
      'CLIENT_ID',
    ],
    [
      'a webhook secret without a client id',
      { SECOND_PAY_CLIENT_SECRET: secretValue, SECOND_PAY_WEBHOOK_SECRET: secretValue },
      'CLIENT_ID',
      'CLIENT_SECRET',
    ],
  ])('%s, of a provider that is not named', (_what, environment, lacking, given) => {
    expect(faultsIn({ ...family, ...environment })).toEqual([
      `SECOND_PAY_${lacking} is required beside SECOND_PAY_${given}`,
    ]);
  });

  test('a client id that is given twice and differs', () => {
    expect(faultsIn({ ...family, [firstOwn]: 'another' })).toEqual([
      `${firstOwn} differs from OPENBANKING_CLIENT_ID: keep one of them`,
    ]);
    expect(faultsIn({ ...family, [firstOwn]: 'family' })).toEqual([]);
  });

  test('webhook secrets that are given twice and differ', () => {
    const own = firstOwn.replace('CLIENT_ID', 'WEBHOOK_SECRET');
    const both = (value: string) => ({ OPENBANKING_WEBHOOK_SECRET: `${secretValue},old`, [own]: value });
    expect(faultsIn({ ...family, ...both(`${secretValue},other`) })).toContainEqual(
      `${own} differs from OPENBANKING_WEBHOOK_SECRET: keep one of them`,
    );
    expect(faultsIn({ ...family, ...both(`${secretValue},old`) })).not.toContainEqual(
      expect.stringContaining('differs'),
    );
  });

  test('a certificate without its key, of a provider that is not named', () => {
    const faults = faultsIn({ ...family, ...ofSecond, SECOND_PAY_TLS_CERTIFICATE: 'no PEM' });
    expect(faults).toContain('SECOND_PAY_TLS_PRIVATE_KEY is required beside its certificate');
    expect(faults).toContain('SECOND_PAY_TLS_CERTIFICATE must be certificates in PEM');
  });

  test('a return over plain HTTP, and a secret of the sandbox, of a provider that is not named', () => {
    const faults = faultsIn({
      ...family,
      ...ofSecond,
      SECOND_PAY_CALLBACK_URL: 'http://second.example/back',
      SECOND_PAY_WEBHOOK_SECRET: `demo-${secretValue}`,
    });
    expect(faults).toEqual([
      'SECOND_PAY_CALLBACK_URL must not be an http: address in production',
      'SECOND_PAY_WEBHOOK_SECRET starts with demo-: sandbox credentials do not work in production',
    ]);
  });

  test('the address of a live provider in the sandbox, where it is not on this machine', () => {
    const sandbox = { NEXT_PUBLIC_SERVICE_MODE: 'production', DROP_ENVIRONMENT: 'sandbox' };
    const lines = faultsIn({ ...sandbox, ...family, ...ofSecond });
    expect(lines).toContainEqual(expect.stringContaining('SECOND_PAY_API_URL must be a loopback address'));
    const other = faultsIn({ ...sandbox, ...family });
    expect(other).not.toContainEqual(expect.stringContaining('SECOND_PAY'));
  });
});
