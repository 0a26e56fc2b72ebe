import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import { auditSettingsOf, readAuditSettings } from './audit.ts';
import { loadConfig } from './config.ts';
import type { Environment } from './environment.ts';

const mock = { NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' };
const key = randomBytes(32).toString('base64');

function faultsWith(environment: Environment): string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (!isDropError(error, 'configuration_invalid')) throw error;
    return error.message.split('\n  ').filter((line) => line.startsWith('AUDIT'));
  }
}

test('production refuses a start without a key that signs the audit trail', () => {
  expect(faultsWith({})).toEqual(['AUDIT_SIGNING_KEY is required: make one with "openssl rand -base64 32"']);
});

test.each([
  ['no base64', 'not base64!', 'AUDIT_SIGNING_KEY must be base64 of 32 bytes'],
  ['too short', randomBytes(16).toString('base64'), 'AUDIT_SIGNING_KEY must be base64 of 32 bytes'],
  ['too long', randomBytes(48).toString('base64'), 'AUDIT_SIGNING_KEY must be base64 of 32 bytes'],
  [
    'a pass phrase',
    'correct-horse-battery-staple-is-no-good-key',
    'AUDIT_SIGNING_KEY must be random, not a pass phrase: make one with "openssl rand -base64 32"',
  ],
])('production refuses a signing key that is %s', (_name, value, fault) => {
  expect(faultsWith({ AUDIT_SIGNING_KEY: value })).toEqual([fault]);
});

test('a public key that is none is refused', () => {
  expect(faultsWith({ ...mock, AUDIT_PUBLIC_KEYS: `${key},abc` })).toEqual([
    'AUDIT_PUBLIC_KEYS must be base64url of 32 bytes each, as stored with each root',
  ]);
});

test('the sandbox signs with a key that is public', () => {
  expect(auditSettingsOf(loadConfig(mock)).isDemoKey).toBe(true);
  expect(auditSettingsOf(loadConfig({ ...mock, AUDIT_SIGNING_KEY: key })).isDemoKey).toBe(false);
});

test('an auditor reads the settings without any other variable', () => {
  const settings = readAuditSettings({
    AUDIT_PUBLIC_KEYS: `${key}, ${key}`,
    AUDIT_ROOTS_DIRECTORY: '/roots',
  });
  expect(settings).toMatchObject({ publicKeys: [key, key], directory: '/roots', isDemoKey: true });
});
