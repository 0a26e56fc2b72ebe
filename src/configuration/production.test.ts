import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import { applicationKey } from '../../test/support/application-key.ts';
import { loadConfig } from './config.ts';
import type { Environment } from './environment.ts';

const secretValue = 'a-secret-that-must-never-be-shown';
const newKey = (): string => randomBytes(32).toString('base64');

const production: Environment = {
  BASE_URL: 'https://pay.example',
  DATABASE_URL: 'postgres://drop@localhost/drop',
  BANKID_CLIENT_ID: 'drop',
  BANKID_CLIENT_SECRET: secretValue,
  NATIONAL_ID_HASH_KEY: newKey(),
  DATA_ENCRYPTION_KEY: newKey(),
  AUDIT_SIGNING_KEY: newKey(),
  SUMSUB_APP_TOKEN: secretValue,
  SUMSUB_SECRET_KEY: secretValue,
  SLACK_WEBHOOK_URL: `https://hooks.slack.com/services/${secretValue}`,
  SMTP_URL: `smtp://drop:${secretValue}@smtp.example:587`,
  MAIL_FROM: 'Drop <drop@mail.example.com>',
  OPENBANKING_CLIENT_ID: 'application',
  OPENBANKING_CLIENT_SECRET: applicationKey,
};

/** The faults of a production environment with a change. */
function faultsWith(change: Environment): string[] {
  try {
    loadConfig({ ...production, ...change });
    return [];
  } catch (error) {
    if (isDropError(error, 'configuration_invalid')) return error.message.split('\n  ').slice(1);
    throw error;
  }
}

const demo = `demo-${secretValue}`;
const headers = `authorization=Bearer%20${secretValue}`;

describe('production refuses', () => {
  test.each<[string, Environment, string]>([
    [
      'the token of a command',
      { BETTERSTACK_API_TOKEN: secretValue },
      'BETTERSTACK_API_TOKEN must not be in the',
    ],
    [
      'the token of a command in a file',
      { BETTERSTACK_API_TOKEN_FILE: '/run/secrets/token' },
      'BETTERSTACK_API_TOKEN must not be in the environment of Drop',
    ],
    ['no database', { DATABASE_URL: '' }, 'DATABASE_URL is required in production'],
    ['no channel for alerts', { SLACK_WEBHOOK_URL: '' }, 'SLACK_WEBHOOK_URL is required in production'],
    ['a demo key among former hash keys', former(`old:demo-${newKey()}`), `${formerKeys} holds a value that`],
    [
      'a demo key behind a good former one',
      former(`a:${newKey()},b:demo-${newKey()}`),
      `${formerKeys} holds a value`,
    ],
    [
      'a demo password',
      { DATABASE_URL: `postgres://drop:${demo}@localhost/d` },
      'DATABASE_URL holds a value',
    ],
    ['a flag of a test feature', { FEATURE_FLAGS: 'cards' }, 'FEATURE_FLAGS must not switch on cards'],
    ['a flag that is not there', { FEATURE_FLAGS: 'crads' }, 'FEATURE_FLAGS'],
    ['a demo header', otlp(`x=${demo}`), 'OTEL_EXPORTER_OTLP_HEADERS holds a value that starts with demo-'],
    ['a demo token', otlp(`x=Bearer%20${demo}`), 'OTEL_EXPORTER_OTLP_HEADERS holds a value that starts'],
    ['a collector with secret headers over http', otlp(headers, 'http://otel.example'), 'must be an https:'],
    [
      'a collector of metrics with secret headers over http',
      { ...otlp(headers), OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://otel.example/v1/metrics' },
      'must be an https:',
    ],
    ['a user in an address', otlp(undefined, 'https://drop:word@otel.example'), 'must not hold a user name'],
    ['a placeholder', { BANKID_CLIENT_ID: '<client id>' }, 'BANKID_CLIENT_ID is a placeholder'],
    ['the example of an address', { DATABASE_URL: 'postgres://…' }, 'DATABASE_URL is a placeholder'],
    ['silence', { LOG_LEVEL: 'silent' }, 'LOG_LEVEL must not be silent'],
    ['public mocks', { ALLOW_PUBLIC_MOCKS: 'true' }, 'ALLOW_PUBLIC_MOCKS must not be true in production'],
    ['itself on loopback', { BASE_URL: 'https://localhost' }, 'BASE_URL must not be on loopback'],
    ['returns to loopback', { BANKID_CALLBACK_URL: 'https://127.0.0.1/a' }, 'must not be on loopback'],
    ['providers here', { SUMSUB_API_URL: 'https://0.0.0.0' }, 'SUMSUB_API_URL must not be on loopback'],
    ['providers here, mapped', { SUMSUB_API_URL: 'https://[::ffff:127.0.0.1]' }, 'must not be on loopback'],
    ['TLS unverified', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED must not be 0'],
    ['Node that prints headers', { NODE_DEBUG: 'http' }, 'NODE_DEBUG must not be set'],
    ['a debugger', { NODE_OPTIONS: '--inspect=0.0.0.0' }, 'NODE_OPTIONS must not hold --inspect'],
    ['logged TLS keys', { NODE_OPTIONS: '--tls-keylog=/k' }, 'NODE_OPTIONS must not hold --tls-keylog'],
    ['both listeners on one port', { PORT: '3000', INTERNAL_PORT: '3000' }, 'INTERNAL_PORT must not be PORT'],
  ])('%s', (_what, change, fault) => {
    const faults = faultsWith(change);
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults.join()).not.toContain(secretValue);
  });

  test('several dangers at once', () => {
    const dangers = { DATABASE_URL: '', LOG_LEVEL: 'silent', NODE_DEBUG: 'http' };
    expect(faultsWith({ ...dangers, ...former(`old:demo-${newKey()}`) })).toHaveLength(4);
  });
});

const formerKeys = 'NATIONAL_ID_HASH_FORMER_KEYS';

function former(keys: string): Environment {
  return { NATIONAL_ID_HASH_FORMER_KEYS: keys };
}

function otlp(given: string | undefined, endpoint = 'https://otel.example'): Environment {
  return { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: given };
}

describe.each(['NATIONAL_ID_HASH_KEY', 'DATA_ENCRYPTION_KEY'])('%s', (variable) => {
  test.each([
    ['in base64', newKey()],
    ['in base64url', randomBytes(32).toString('base64url')],
    ['in hexadecimal digits', randomBytes(32).toString('hex')],
    ['of 48 bytes', randomBytes(48).toString('base64')],
  ])('may be random %s', (_form, key) => {
    expect(faultsWith({ [variable]: key })).toEqual([]);
  });

  test.each([
    'correct-horse-battery-staple-and-many-more-words',
    'Correct-Horse-Battery-Staple-And-Many-More-Words-2026',
    'CorrectHorseBatteryStapleAndManyMoreWordsOfEnglish',
    'THEQUICKBROWNFOXJUMPSOVERTHELAZYDOGANDRUNSAWAY',
    'a'.repeat(64).replace('a', 'z'),
  ])('must not be the pass phrase %s', (key) => {
    const [fault, ...others] = faultsWith({ [variable]: key });
    expect(fault).toMatch(`${variable} must be random, not a pass phrase`);
    expect(fault).toContain(variable.replace(/KEY$/, 'FORMER_KEYS'));
    expect(others).toEqual([]);
  });
});

test('a hash key with spaces is a pass phrase; after a change it may stay a former one', () => {
  const words = 'correct horse battery staple and many more words of plain English';
  const [fault] = faultsWith({ NATIONAL_ID_HASH_KEY: words });
  expect(fault).toMatch('NATIONAL_ID_HASH_KEY must be random');
  expect(faultsWith({ NATIONAL_ID_HASH_KEY_ID: '2', ...former(`1:${words}`) })).toEqual([]);
});

test('a hash key with the line break that openssl puts after 64 digits is a key', () => {
  const digits = randomBytes(64).toString('base64');
  expect(faultsWith({ NATIONAL_ID_HASH_KEY: `${digits.slice(0, 64)}\n${digits.slice(64)}` })).toEqual([]);
});

describe('the database in production', () => {
  const faultsOf = (address: string): string[] => faultsWith({ DATABASE_URL: address });

  test.each([
    'postgres://drop:word@db.example/drop?sslmode=verify-full',
    'postgresql://drop@db.example/drop?sslmode=verify-full&uselibpqcompat=true',
    'postgres://db.example/drop?sslmode=require',
    'postgres://db.example/drop?ssl=true',
    'postgres://db.example:6432/drop?application_name=drop&sslmode=verify-ca',
    'postgres://127.0.0.1:5432/drop',
    'postgres://drop@[::1]/drop',
    'postgres://localhost/drop?sslmode=disable',
    'postgres:///drop?host=/var/run/postgresql',
    'postgres://drop:word@/drop?host=/var/run/postgresql',
    'postgres://%2Fvar%2Frun%2Fpostgresql/drop',
    'socket:/var/run/postgresql?db=drop',
    '/var/run/postgresql drop',
  ])('may be at %s', (address) => {
    expect(faultsOf(address)).toEqual([]);
  });

  test.each([
    ['postgres://db.example/drop', 'must use TLS to a server on another machine: add sslmode=verify-full'],
    ['postgres://10.0.0.7/drop', 'must use TLS'],
    ['postgres://localhost.example/drop', 'must use TLS'],
    ['postgres://localhost/drop?host=db.example', 'must use TLS'],
    ['postgres://db.example/drop?ssl=false', 'must use TLS'],
    ['postgres://db.example/drop?ssl=no-verify', 'must use TLS'],
    ['postgres://db.example/drop?sslmode=disable', 'must not have sslmode=disable'],
    ['postgres://db.example/drop?sslmode=prefer', 'must not have sslmode=prefer'],
    ['postgres://db.example/drop?sslmode=no-verify', 'must not have sslmode=no-verify'],
    ['postgres://db.example/drop?sslmode=allow', 'must not have sslmode=allow'],
    ['postgres://db.example/d?sslmode=verify-full&sslmode=disable', 'must not have sslmode=disable'],
    ['postgres://db.example/d?sslmode=require&uselibpqcompat=true', "must verify the server's certificate"],
    ['postgres:///drop', 'must name its host'],
    ['mysql://db.example/drop', 'must be an address such as postgres:'],
    [secretValue, 'must be an address such as postgres:'],
    [`postgres://drop:x@y#${secretValue}@127.0.0.1/drop`, 'must be an address such as postgres:'],
    [`postgres://drop:x#${secretValue}@127.0.0.1/drop`, 'must be an address such as postgres:'],
    [`drop:${secretValue}@localhost/drop`, 'must be an address such as postgres:'],
  ])('is refused at %s', (address, fault) => {
    const faults = faultsOf(address);
    expect(faults).toEqual([expect.stringContaining(`DATABASE_URL ${fault}`)]);
    expect(faults.join()).not.toContain(secretValue);
  });
});

describe('outside production', () => {
  const mocks = { DROP_ENVIRONMENT: 'staging', NEXT_PUBLIC_SERVICE_MODE: 'mock' };

  test.each(['DATABASE_URL', 'DATABASE_DIRECT_URL'])('an unreadable %s is refused too', (variable) => {
    const faults = faultsWith({ ...mocks, [variable]: 'drop:word@localhost/drop' });
    expect(faults).toContainEqual(
      expect.stringContaining(`${variable} must be an address such as postgres:`),
    );
  });

  test.each<[string, Environment]>([
    ['in mock mode', mocks],
    ['in mock mode, on every address', { ...mocks, HOST: '0.0.0.0' }],
    ['in mock mode, on every IPv6 address', { ...mocks, HOST: '::' }],
    ['in mock mode, on an address of the network', { ...mocks, HOST: '10.0.0.7' }],
    ['in mock mode in the sandbox', { ...mocks, DROP_ENVIRONMENT: 'sandbox', HOST: '0.0.0.0' }],
    ['with BANKID_MOCK', { DROP_ENVIRONMENT: 'staging', BANKID_MOCK: 'true' }],
  ])('mocks are not served to the public: %s', (_what, change) => {
    expect(faultsWith(change)).toEqual([
      expect.stringMatching(/^HOST must be a loopback.*ALLOW_PUBLIC_MOCKS/),
    ]);
  });

  test.each<[string, Environment]>([
    ['on loopback', { ...mocks, HOST: '127.0.0.1' }],
    ['on IPv6 loopback', { ...mocks, HOST: '::1' }],
    ['on localhost', { ...mocks, HOST: 'localhost' }],
    ['anywhere, where that is said', { ...mocks, ALLOW_PUBLIC_MOCKS: 'true' }],
    ['in the sandbox, which is on loopback', { ...mocks, DROP_ENVIRONMENT: 'sandbox' }],
  ])('mocks are served %s', (_what, change) => {
    expect(faultsWith(change)).toEqual([]);
  });

  test('no database is needed, and one without TLS is taken', () => {
    const staging = { DROP_ENVIRONMENT: 'staging' };
    expect(faultsWith({ ...staging, DATABASE_URL: '' })).toEqual([]);
    expect(faultsWith({ ...staging, DATABASE_URL: 'postgres://db.example/drop' })).toEqual([]);
  });
});

describe('the addresses to listen on', () => {
  const listening = (change: Environment): unknown[] => {
    const { HOST, PORT, INTERNAL_HOST, INTERNAL_PORT } = loadConfig({ ...production, ...change });
    return [HOST, PORT, INTERNAL_HOST, INTERNAL_PORT];
  };

  test.each<[Environment, unknown[]]>([
    [{}, ['0.0.0.0', 3000, '127.0.0.1', 13_000]],
    [{ PORT: '0' }, ['0.0.0.0', 0, '127.0.0.1', 0]],
    [{ PORT: '60000' }, ['0.0.0.0', 60_000, '127.0.0.1', 50_000]],
    [{ INTERNAL_PORT: '9464', INTERNAL_HOST: '10.0.0.7' }, ['0.0.0.0', 3000, '10.0.0.7', 9464]],
    [
      { DROP_ENVIRONMENT: 'sandbox', NEXT_PUBLIC_SERVICE_MODE: 'mock' },
      ['127.0.0.1', 3000, '127.0.0.1', 13_000],
    ],
  ])('with %o are %o', (change, expected) => {
    expect(listening(change)).toEqual(expected);
  });
});
