import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const variables = parseEnv(read('deploy/drop.env'));

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'drop-systemd-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The secrets that the guide has an operator put into /etc/drop/secrets, by the names of their files. */
function secrets(): Record<string, string> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const key = (): string => randomBytes(32).toString('base64');
  return {
    database_url: 'postgres://drop_app:x@db.internal/drop?sslmode=verify-full',
    national_id_hash_key: key(),
    data_encryption_key: key(),
    audit_signing_key: key(),
    bankid_client_secret: key(),
    sumsub_app_token: key(),
    sumsub_secret_key: key(),
    sumsub_webhook_secret: key(),
    openbanking_private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    slack_webhook_url: `https://hooks.slack.com/services/T0/B0/${randomBytes(12).toString('hex')}`,
    smtp_url: `smtps://drop:${randomBytes(12).toString('hex')}@mail.example.com:465`,
  };
}

test('with its placeholders and secrets filled in, production takes deploy/drop.env', () => {
  const directory = temporaryDirectory();
  for (const [name, value] of Object.entries(secrets())) writeFileSync(join(directory, name), `${value}\n`);
  const filled = Object.entries(variables).map(([name, value = '']) => [
    name,
    value
      .replace('/etc/drop/secrets', directory)
      .replace(/^<.* id>$/, '9a8b7c6d-1111-4222-8333-444455556666'),
  ]);
  const config = loadConfig(Object.fromEntries(filled) as Record<string, string>);
  expect(config.DROP_ENVIRONMENT).toBe('production');
});

test('deploy/drop.env has every variable of the minimum for production', () => {
  const [, block = ''] =
    /## The minimum for production\n+```sh\n(.+?)```/s.exec(read('docs/configuration.md')) ?? [];
  const minimum = Object.keys(parseEnv(block));
  expect(minimum.length).toBeGreaterThan(10);
  expect(minimum.filter((name) => !(name in variables))).toEqual([]);
});

test('the unit reads the file of variables, and keeps the roots of the audit trail where it may write', () => {
  const unit = read('deploy/drop.service');
  expect(unit).toContain('\nEnvironmentFile=/etc/drop/drop.env\n');
  const [, state = ''] = /^StateDirectory=(.+)$/m.exec(unit) ?? [];
  expect(variables['AUDIT_ROOTS_DIRECTORY']).toBe(`/var/lib/${state}`);
});

test("the operator's command passes its words on to Drop's program, as Drop's user and with Drop's variables", () => {
  const directory = temporaryDirectory();
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  const sudo = join(bin, 'sudo');
  writeFileSync(sudo, `#!/bin/sh\nprintf '%s\\n' "$@"\n`);
  chmodSync(sudo, 0o755);
  const environment = { PATH: `${bin}:${process.env['PATH']}` };
  const words = ['payments', 'show', '1', '--reason', 'alert of today'];
  const script = new URL('../../deploy/drop-command.sh', import.meta.url).pathname;
  const { stdout, status } = spawnSync(script, words, { env: environment, cwd: '/', encoding: 'utf8' });
  expect(status).toBe(0);
  const program = ['node_modules/.bin/node', '--env-file=/etc/drop/drop.env', 'bin/drop.js'];
  const placed = program.map((part) => (part.startsWith('--') ? part : `/opt/drop/current/${part}`));
  expect(stdout.trimEnd().split('\n')).toEqual(['--user=drop', '--', ...placed, ...words]);
});
