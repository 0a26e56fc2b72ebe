import { describe, expect, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import { loadConfig } from './config.ts';
import type { Environment } from './environment.ts';

const password = 'a-secret-that-must-never-be-shown';
const url = (scheme: string, host: string): string => `${scheme}://drop:${password}@${host}`;

/** Mail, and none of the rest that is required: faults of other variables are not looked at. */
const production: Environment = {
  SMTP_URL: url('smtp', 'smtp.example:587'),
  SMTP_BACKUP_URL: url('smtps', 'backup.example:465'),
  MAIL_FROM: 'Drop <drop@mail.example.com>',
  MAIL_BOUNCE_SECRET: 'b'.repeat(32),
};

function faultsWith(change: Environment): string[] {
  try {
    loadConfig({ ...production, ...change });
    return [];
  } catch (error) {
    if (!isDropError(error, 'configuration_invalid')) throw error;
    expect(error.message).not.toContain(password);
    return error.message.split('\n  ').filter((line) => /^(SMTP|MAIL)_/.test(line));
  }
}

test('production takes mail servers over TLS with credentials', () => {
  expect(faultsWith({})).toEqual([]);
});

const form = 'must be an address such as smtp://user:password@host:587';

describe('production refuses', () => {
  test.each<[string, Environment, string]>([
    ['no mail server', { SMTP_URL: '', SMTP_BACKUP_URL: '' }, 'SMTP_URL is required in production'],
    ['no sender', { MAIL_FROM: '' }, 'MAIL_FROM is required with SMTP_URL'],
    ['a sender that is no address', { MAIL_FROM: 'Drop' }, 'MAIL_FROM must be an address such as'],
    [
      'a sender with a line break',
      { MAIL_FROM: 'A\nBcc: x <a@b.no>' },
      'MAIL_FROM must be an address such as',
    ],
    ['a server without credentials', { SMTP_URL: 'smtp://smtp.example' }, 'SMTP_URL must hold a user and a'],
    ['a user without a password', { SMTP_URL: 'smtp://drop@smtp.example' }, `SMTP_URL ${form}`],
    ['another scheme', { SMTP_URL: url('http', 'smtp.example') }, `SMTP_URL ${form}`],
    ['no address', { SMTP_URL: password }, `SMTP_URL ${form}`],
    ['a path', { SMTP_URL: `${url('smtp', 'smtp.example')}/x` }, `SMTP_URL ${form}`],
    [
      'parameters, which could turn verification off',
      { SMTP_URL: `${url('smtps', 'smtp.example')}?tls.rejectUnauthorized=false` },
      `SMTP_URL ${form}`,
    ],
    ['a server here', { SMTP_URL: url('smtp', 'localhost:25') }, 'SMTP_URL must not be on loopback'],
    [
      'a backup here',
      { SMTP_BACKUP_URL: url('smtp', '[::1]:25') },
      'SMTP_BACKUP_URL must not be on loopback',
    ],
    [
      'a server here, mapped',
      { SMTP_URL: url('smtps', '[::ffff:127.0.0.1]') },
      'SMTP_URL must not be on loopback',
    ],
    ['a server here, in numbers', { SMTP_URL: url('smtps', '0x7f.1') }, 'SMTP_URL must not be on loopback'],
    ['a server here, unspecified', { SMTP_URL: url('smtps', '0.0.0.0') }, 'SMTP_URL must not be on loopback'],
    [
      'a demo user',
      { SMTP_URL: `smtp://demo-a:${password}@smtp.example` },
      'SMTP_URL holds a value that starts',
    ],
    [
      'a demo password',
      { SMTP_URL: `smtp://a:demo-${password}@smtp.example` },
      'SMTP_URL holds a value that',
    ],
    ['a placeholder', { SMTP_URL: '<address>' }, 'SMTP_URL is a placeholder'],
    [
      'a short password of bounces',
      { MAIL_BOUNCE_SECRET: 'b'.repeat(31) },
      'MAIL_BOUNCE_SECRET must have at',
    ],
    [
      'one short password of bounces of two',
      { MAIL_BOUNCE_SECRET: `${'b'.repeat(32)},${'c'.repeat(20)}` },
      'MAIL_BOUNCE_SECRET must have at least 32',
    ],
    [
      'a demo password of bounces',
      { MAIL_BOUNCE_SECRET: `demo-${password}` },
      'MAIL_BOUNCE_SECRET starts with',
    ],
  ])('%s', (_what, change, fault) => {
    expect(faultsWith(change)).toEqual([expect.stringContaining(fault)]);
  });
});

describe('everywhere', () => {
  const staging = { DROP_ENVIRONMENT: 'staging' };

  test('a second server without a first is refused', () => {
    const faults = faultsWith({ ...staging, SMTP_URL: '' });
    expect(faults).toEqual(['SMTP_BACKUP_URL is set without SMTP_URL: set both']);
  });

  test('a server without a sender is refused', () => {
    expect(faultsWith({ ...staging, MAIL_FROM: '' })).toEqual(['MAIL_FROM is required with SMTP_URL']);
  });

  test('but in production mail may be left out', () => {
    expect(faultsWith({ ...staging, SMTP_URL: '', SMTP_BACKUP_URL: '', MAIL_FROM: '' })).toEqual([]);
  });
});

describe('the sandbox', () => {
  const sandbox = { DROP_ENVIRONMENT: 'sandbox', SMTP_BACKUP_URL: '' };

  test('takes a mail server on this machine', () => {
    expect(faultsWith({ ...sandbox, SMTP_URL: 'smtp://demo-a:demo-b@localhost:2525' })).toEqual([]);
  });

  test.each(['smtp.example', '127.example.com', '10.0.0.1'])('refuses a mail server at %s', (host) => {
    expect(faultsWith({ ...sandbox, SMTP_URL: url('smtps', host) })).toEqual([
      `SMTP_URL must be a loopback address in the sandbox, not ${host}`,
    ]);
  });
});
