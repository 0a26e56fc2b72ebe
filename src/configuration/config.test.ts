import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { writtenFiles } from '../../scripts/environment-example.ts';
import { applicationKey } from '../../test/support/application-key.ts';
import { loadConfig } from './config.ts';
import type { Environment } from './environment.ts';

const secretValue = 'a-secret-that-must-never-be-shown';

const complete: Environment = {
  BASE_URL: 'https://pay.example',
  DATABASE_URL: `postgres://drop:${secretValue}@db.example/drop?sslmode=verify-full`,
  BANKID_CLIENT_ID: 'drop',
  BANKID_CLIENT_SECRET: secretValue,
  NATIONAL_ID_HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
  DATA_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64'),
  AUDIT_SIGNING_KEY: Buffer.alloc(32, 10).toString('base64'),
  SUMSUB_APP_TOKEN: secretValue,
  SUMSUB_SECRET_KEY: secretValue,
  SLACK_WEBHOOK_URL: `https://hooks.slack.com/services/${secretValue}`,
  SMTP_URL: `smtp://drop:${secretValue}@smtp.example:587`,
  MAIL_FROM: 'Drop <drop@mail.example.com>',
  OPENBANKING_CLIENT_ID: 'application',
  OPENBANKING_CLIENT_SECRET: applicationKey,
};

/** The providers' own variables, found by what they hold, since no test may know a provider. */
function providerVariables(accepts: string): string[] {
  return openBankingProviders.flatMap(({ variables }) =>
    Object.keys(variables.shape).filter((name) => variables.safeParse({ [name]: accepts }).success),
  );
}

/** The message of what is refused; a test fails where nothing is. */
function refusal(environment: Environment): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (isDropError(error, 'configuration_invalid')) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

function faultsIn(environment: Environment): string[] {
  return refusal(environment)
    .split('\n')
    .slice(1)
    .map((line) => line.trim());
}

const withChange = (change: Environment): string[] => faultsIn({ ...complete, ...change });

describe('the configuration', () => {
  test('of a complete production environment is accepted', () => {
    expect(refusal(complete)).toBe('nothing was refused');
    expect(loadConfig(complete).bankIdCallbackUrl).toBe('https://pay.example/api/auth/bankid/callback');
  });

  test('with an address beside a pooler, but none of the pooler, is refused', () => {
    const { DATABASE_URL: url, ...others } = complete;
    expect(faultsIn({ ...others, DATABASE_DIRECT_URL: url })).toEqual([
      'DATABASE_DIRECT_URL is set without DATABASE_URL: set both',
      'DATABASE_URL is required in production: the embedded database is for sandbox and staging',
    ]);
  });

  test('says everything that is missing at once, each with what to do', () => {
    const faults = faultsIn({ BASE_URL: 'https://pay.example' });
    const required = Object.keys(complete).filter(
      (name) => !/BASE_URL|DATABASE_URL|HASH_KEY|ENCRYPTION/.test(name),
    );
    for (const name of required)
      expect(faults).toContainEqual(expect.stringContaining(`${name} is required`));
    for (const name of ['NATIONAL_ID_HASH_KEY', 'DATA_ENCRYPTION_KEY'])
      expect(faults).toContainEqual(expect.stringMatching(`^${name} is required.*openssl rand -base64 32`));
  });

  test('says what cannot be read together with what is missing, each variable once', () => {
    const faults = withChange({
      PORT: 'abc',
      TRUSTED_PROXY_HOPS: '9',
      LOG_LEVEL: 'loud',
      BANKID_CALLBACK_URL: 'here',
      BASE_URL: 'ftp://pay.example',
      SUMSUB_APP_TOKEN: '',
    });
    const expected = [
      'PORT must be a whole number',
      'TRUSTED_PROXY_HOPS must be at most 5',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, silent',
      'BANKID_CALLBACK_URL must be an address, http: or https:',
      'BASE_URL must be an address, http: or https:',
      'SUMSUB_APP_TOKEN is required (or NEXT_PUBLIC_SERVICE_MODE=mock outside production)',
    ];
    expect(faults.toSorted()).toEqual(expected.toSorted());
  });

  test('with an unknown environment says that alone, for no rules are known to hold', () => {
    expect(faultsIn({ DROP_ENVIRONMENT: 'live' })).toEqual([
      'DROP_ENVIRONMENT must be one of production, staging, sandbox',
    ]);
  });

  test('names the providers there are when asked for another', () => {
    expect(withChange({ OPENBANKING_PROVIDER: 'nobody' })[0]).toContain(openBankingProviders[0].id);
  });

  test.each(['hjelp@getdrop.no', 'https://getdrop.no/hjelp', '+47 22 00 00 00'])(
    'takes %s for whom customers turn to',
    (contact) => {
      expect(loadConfig({ ...complete, SUPPORT_CONTACT: contact }).SUPPORT_CONTACT).toBe(contact);
    },
  );

  test.each(['us', 'javascript:alert(1)', 'http://getdrop.no', '12'])(
    'does not take %s for whom customers turn to',
    (contact) => {
      expect(withChange({ SUPPORT_CONTACT: contact })[0]).toContain(
        'SUPPORT_CONTACT must be an e-mail address',
      );
    },
  );

  test('takes the operator whole or not at all', () => {
    expect(withChange({ OPERATOR_NAME: 'Foretaket AS', OPERATOR_ADDRESS: 'Gata 1, 0150 Oslo' })).toEqual([
      'OPERATOR_ORGANISATION_NUMBER is required where another OPERATOR_ variable is set',
      'OPERATOR_LICENCE is required where another OPERATOR_ variable is set',
    ]);
  });

  test('does not take an organisation number that has not nine digits', () => {
    expect(withChange({ OPERATOR_ORGANISATION_NUMBER: '123 456 785' })[0]).toContain('must be nine digits');
  });

  test('takes an empty value as absent', () => {
    expect(loadConfig({ ...complete, PORT: '', LOG_LEVEL: '' })).toMatchObject({
      PORT: 3000,
      LOG_LEVEL: 'info',
    });
    expect(withChange({ BANKID_CLIENT_ID: '' })).toHaveLength(1);
  });
});

describe('a list', () => {
  test('is read without spaces and without what stands empty between its commas', () => {
    const config = loadConfig({ ...complete, SUMSUB_WEBHOOK_SECRET: ` ${secretValue} ,, ${secretValue}2,` });
    const secrets = config.SUMSUB_WEBHOOK_SECRET?.map((each) => each.reveal());
    expect(secrets).toEqual([secretValue, `${secretValue}2`]);
  });

  test('of commas alone is a fault, not a list of nothing', () => {
    const faults = withChange({ SUMSUB_WEBHOOK_SECRET: ' , ' });
    expect(faults).toEqual(['SUMSUB_WEBHOOK_SECRET must hold a value beside its commas']);
  });
});

test('a configuration that is printed shows none of its secrets', () => {
  const config = loadConfig(complete);
  expect(config.SUMSUB_SECRET_KEY?.reveal()).toBe(secretValue);
  expect(inspect(config, { depth: 9, showHidden: true })).not.toContain(secretValue);
  expect(JSON.stringify(config)).not.toContain(secretValue);
});

describe('a value in a file', () => {
  function fileWith(text: string): string {
    const directory = mkdtempSync(join(tmpdir(), 'drop-config-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    writeFileSync(join(directory, 'value'), text);
    return join(directory, 'value');
  }

  test('is read without the line end', () => {
    const path = fileWith(`${secretValue}\n`);
    const config = loadConfig({ ...complete, SUMSUB_SECRET_KEY: '', SUMSUB_SECRET_KEY_FILE: path });
    expect(config.SUMSUB_SECRET_KEY?.reveal()).toBe(secretValue);
  });

  test('beside the variable itself is a fault, since nobody knows which is meant', () => {
    const path = fileWith('from-the-file');
    expect(withChange({ BANKID_CLIENT_ID_FILE: path })).toEqual([
      'BANKID_CLIENT_ID is set, and so is BANKID_CLIENT_ID_FILE: keep one of them',
    ]);
  });

  test('that cannot be read is not named where the secret itself may stand in its place', () => {
    const key = 'kJ8s0Yx1bq7Zt5vW2nR4mC6dL9fH3gPa';
    const faults = withChange({ SUMSUB_SECRET_KEY: '', SUMSUB_SECRET_KEY_FILE: key });
    expect(faults).toEqual(['SUMSUB_SECRET_KEY_FILE names a file that cannot be read']);
  });

  test('that cannot be read is one fault, not two', () => {
    const faults = withChange({ SUMSUB_SECRET_KEY: '', SUMSUB_SECRET_KEY_FILE: '/nowhere/secret' });
    expect(faults).toEqual(['SUMSUB_SECRET_KEY_FILE names /nowhere/secret, which cannot be read']);
  });
});

describe('production refuses', () => {
  test.each([
    ['mock mode', { NEXT_PUBLIC_SERVICE_MODE: 'mock' }, 'NEXT_PUBLIC_SERVICE_MODE must not be mock'],
    ['BANKID_MOCK', { BANKID_MOCK: 'true' }, 'BANKID_MOCK must not be true'],
    ['a BASE_URL without TLS', { BASE_URL: 'http://pay.example' }, 'BASE_URL must be an https: address'],
    ['no BASE_URL', { BASE_URL: '' }, 'BASE_URL must be an https: address'],
    ['BankID without TLS', { BANKID_ISSUER: 'http://id.example' }, 'BANKID_ISSUER must be an https: address'],
    ...[
      'BANKID_CALLBACK_URL',
      'BANKID_CALLBACK_URL_MOBILE',
      'BANKID_APP_LINK',
      'OPENBANKING_CALLBACK_URL',
    ].map((name): [string, Environment, string] => [
      `a return over plain HTTP (${name})`,
      { [name]: 'http://localhost:3000/back' },
      `${name} must not be an http: address`,
    ]),
    ['Sumsub without TLS', { SUMSUB_API_URL: 'http://kyc.example' }, 'SUMSUB_API_URL must be an https:'],
    [
      'BankID on this machine',
      { BANKID_ISSUER: 'https://[::1]:4001' },
      'BANKID_ISSUER must not be on loopback',
    ],
    [
      'Slack without TLS',
      { SLACK_WEBHOOK_URL: 'http://hooks.example/a/b' },
      'SLACK_WEBHOOK_URL must be an https:',
    ],
    [
      'a Slack webhook that is none',
      { SLACK_WEBHOOK_URL: secretValue },
      'SLACK_WEBHOOK_URL must be an address',
    ],
    ['a sandbox client id', { BANKID_CLIENT_ID: 'demo-drop' }, 'BANKID_CLIENT_ID starts with demo-'],
    ['a sandbox secret', { SUMSUB_SECRET_KEY: `demo-${secretValue}` }, 'SUMSUB_SECRET_KEY starts with demo-'],
    ['a short secret', { SUMSUB_SECRET_KEY: 'short' }, 'SUMSUB_SECRET_KEY must have at least 16 characters'],
    [
      'one short secret of two',
      { SUMSUB_WEBHOOK_SECRET: `${secretValue},x` },
      'SUMSUB_WEBHOOK_SECRET must have',
    ],
    ['no hash key', { NATIONAL_ID_HASH_KEY: '' }, 'NATIONAL_ID_HASH_KEY is required'],
    [
      'a short hash key',
      { NATIONAL_ID_HASH_KEY: Buffer.alloc(31).toString('base64') },
      'NATIONAL_ID_HASH_KEY must be',
    ],
  ])('%s', (_what, change: Environment, fault) => {
    expect(withChange(change)).toEqual([expect.stringContaining(fault)]);
  });

  test('secrets of the sandbox without showing them', () => {
    const message = refusal({ ...complete, SUMSUB_SECRET_KEY: `demo-${secretValue}`, PORT: secretValue });
    expect(message).not.toContain(secretValue);
  });
});

describe.each(['production', 'staging'])('%s refuses an open banking provider', (environment) => {
  test.each([
    'http://api.example',
    'http://localhost:4003',
    'https://127.0.0.1',
    'localhost',
    '127.0.0.1:4003',
  ])('at %s, in every variable that takes it', (value) => {
    for (const name of providerVariables(value)) {
      const faults = withChange({ DROP_ENVIRONMENT: environment, [name]: value });
      expect(faults).toEqual([
        expect.stringMatching(`^${name} must (not be on loopback|be an https: address)`),
      ]);
    }
  });

  test('at an address on this machine, which some variable takes', () => {
    expect(providerVariables('http://localhost:4003').length).toBeGreaterThan(1);
  });
});

describe('an address that others are built on', () => {
  test.each([
    ['https://pay.example/', 'https://pay.example'],
    ['https://pay.example//', 'https://pay.example'],
    ['https://pay.example/drop', 'https://pay.example/drop'],
    ['https://pay.example/drop/', 'https://pay.example/drop'],
  ])('BASE_URL may be %s, and Drop is then reached under %s', (BASE_URL, base) => {
    const { baseUrl, bankIdCallbackUrl, bankIdCallbackUrlMobile, openBanking } = loadConfig({
      ...complete,
      BASE_URL,
    });
    expect([
      baseUrl,
      bankIdCallbackUrl,
      bankIdCallbackUrlMobile,
      openBanking.providers[0]?.credentials.callbackUrl,
    ]).toEqual([
      base,
      `${base}/api/auth/bankid/callback`,
      `${base}/api/auth/bankid/mobile/return`,
      `${base}/api/openbanking/callback`,
    ]);
  });

  test('BANKID_ISSUER stays as it is written: it is compared to the letter', () => {
    for (const issuer of ['https://auth.example', 'https://auth.example/', 'https://auth.example/realm/'])
      expect(loadConfig({ ...complete, BANKID_ISSUER: issuer }).BANKID_ISSUER).toBe(issuer);
  });

  test.each([
    'BASE_URL',
    'BANKID_ISSUER',
    'SUMSUB_API_URL',
    'SUMSUB_WEBSDK_BASE_URL',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
  ])('%s has neither query nor fragment', (name) => {
    for (const end of ['?', '?a=b', '/#', '#part'])
      expect(withChange({ [name]: `https://api.example${end}` })).toEqual([
        `${name} must be an address without a query or a fragment`,
      ]);
  });

  test('SUMSUB_WEBSDK_BASE_URL is an origin, with or without a slash at its end', () => {
    for (const end of ['', '/']) {
      const { SUMSUB_WEBSDK_BASE_URL: origin } = loadConfig({
        ...complete,
        SUMSUB_WEBSDK_BASE_URL: `https://frames.example${end}`,
      });
      expect(origin).toBe('https://frames.example');
    }
    expect(withChange({ SUMSUB_WEBSDK_BASE_URL: 'https://frames.example/websdk' })).toEqual([
      'SUMSUB_WEBSDK_BASE_URL must be an origin: an address without a path',
    ]);
  });
});

describe('the sandbox', () => {
  const onLoopback: Environment = {
    ...complete,
    DROP_ENVIRONMENT: 'sandbox',
    ...Object.fromEntries(
      providerVariables('http://localhost:4003').map((name) => [name, 'http://localhost:4003']),
    ),
    BANKID_ISSUER: 'http://127.0.0.1:4001',
    SUMSUB_API_URL: 'http://localhost:4002',
    SUMSUB_WEBSDK_SCRIPT_URL: 'http://[::1]:4002/builder.js',
    SUMSUB_WEBSDK_BASE_URL: 'http://localhost:4002',
    SLACK_WEBHOOK_URL: 'http://localhost:4004/services/T0/B0/x',
    SMTP_URL: 'smtp://drop:password@localhost:4004',
  };

  test('takes providers on this machine, without TLS', () => {
    expect(refusal(onLoopback)).toBe('nothing was refused');
  });

  test.each([
    'https://auth.bankid.no',
    'http://127.example.com',
    'http://10.0.0.1',
    'http://localhost.example',
  ])('refuses a provider at %s', (address) => {
    const faults = faultsIn({ ...onLoopback, BANKID_ISSUER: address });
    expect(faults).toEqual([expect.stringContaining('BANKID_ISSUER must be a loopback address')]);
  });

  test('refuses the real Slack and the real banks', () => {
    const [own = ''] = providerVariables('http://localhost:4003');
    const real = { SLACK_WEBHOOK_URL: 'https://hooks.example/a', [own]: 'https://api.example' };
    expect(faultsIn({ ...onLoopback, ...real })).toHaveLength(2);
  });
});

test.each(writtenFiles())('$path is as `npm run environment-example` writes it', ({ current, wanted }) => {
  expect(current).toBe(wanted);
});
