import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Environment } from '#configuration/environment.ts';
import { emulatorNames, startEmulators } from '#sandbox/emulators.ts';
import { prefixOf } from '#services/open-banking/credentials.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { listenOnLoopback } from '../support/loopback.ts';
import { examined, found, staging, type Examined } from './examined.ts';

const resolver = { resolveTxt: async () => [] };
let environment: Environment = {};
let stop: () => Promise<void> = async () => undefined;

/** Every emulator of the sandbox, and an app at its address. */
beforeAll(async () => {
  const app = await listenOnLoopback(0);
  app.handle(() => Response.json({ status: 'ok' }));
  const servers = await Promise.all(
    emulatorNames().map(async (name) => [name, await listenOnLoopback(0)] as const),
  );
  const emulation = await startEmulators(new Map(servers), { appOrigin: app.origin, random: () => 0 });
  environment = {
    DROP_DATA_DIR: '/nonexistent/drop',
    ...emulation.environment,
    DROP_ENVIRONMENT: 'sandbox',
    BASE_URL: app.origin,
    NATIONAL_ID_HASH_KEY: randomBytes(32).toString('base64'),
  };
  stop = async () => {
    await emulation.close();
    await Promise.all([app, ...servers.map(([, server]) => server)].map((server) => server.close()));
  };
});
afterAll(async () => stop());

/** What the doctor finds online where the sandbox is configured with a change. */
async function online(change: Environment = {}): Promise<Examined> {
  return examined({ ...environment, ...change }, { online: { resolver, dkimSelector: undefined } });
}

test('the sandbox as it is has nothing that failed, and every service was asked', async () => {
  const { findings, of } = await online();
  expect(findings.filter(({ severity }) => severity === 'failed')).toEqual([]);
  for (const subject of [
    'BankID, metadata',
    'BankID, keys',
    'Sumsub',
    'Slack',
    'Mail, primary',
    'Mail, backup',
    'File storage, s3',
    'AWS Secrets Manager',
  ])
    expect(of('services', subject), subject).toMatchObject({ severity: 'ok' });
  for (const { displayName } of openBankingProviders)
    expect(
      findings.some(({ subject, severity }) => severity === 'ok' && subject.startsWith(displayName)),
    ).toBe(true);
  expect(of('services', 'BetterStack, heartbeats')).toMatchObject({ severity: 'skipped' });
  expect(of('callbacks', `${environment['BASE_URL']}/api/health`)).toEqual(found('ok', 'Drop answers'));
  expect(
    findings.filter(({ area, severity }) => area === 'clock' && severity === 'ok').length,
  ).toBeGreaterThan(4);
});

const secret = (): string => `demo-wrong-${randomUUID()}`;
const nowhere = 'http://localhost:1';

test.each<[string, () => Environment, string, string]>([
  [
    'an issuer of another name',
    () => ({ BANKID_ISSUER: `${environment['BANKID_ISSUER']}-other` }),
    'BankID, metadata',
    'discovery answered 404',
  ],
  [
    'keys that are elsewhere',
    () => ({
      BANKID_JWKS_URL: `${environment['BANKID_ISSUER']}/no-keys`,
      BANKID_AUTHORIZE_URL: `${environment['BANKID_ISSUER']}/a`,
      BANKID_TOKEN_URL: `${environment['BANKID_ISSUER']}/t`,
    }),
    'BankID, keys',
    'jwks answered 404',
  ],
  ['a wrong secret of Sumsub', () => ({ SUMSUB_SECRET_KEY: secret() }), 'Sumsub', 'sumsub.applicant_exists'],
  [
    'an address where no server listens',
    () => ({ SUMSUB_API_URL: nowhere }),
    'Sumsub',
    'sumsub.applicant_exists',
  ],
  [
    'a webhook that Slack does not know',
    () => ({ SLACK_WEBHOOK_URL: `${environment['SLACK_WEBHOOK_URL']}x` }),
    'Slack',
    'Slack answered 403 invalid_token',
  ],
  [
    'a wrong password of the mail server',
    () => ({ SMTP_URL: (environment['SMTP_URL'] ?? '').replace(/:[^:@]*@/, `:${secret()}@`) }),
    'Mail, primary',
    'the server answered 535',
  ],
  [
    'a backup where no server listens',
    () => ({ SMTP_BACKUP_URL: 'smtp://ida:demo-password-1@localhost:1' }),
    'Mail, backup',
    'no answer: ECONNREFUSED',
  ],
  [
    'a wrong key of the bucket',
    () => ({ S3_SECRET_ACCESS_KEY: secret() }),
    'File storage, s3',
    's3.list_objects',
  ],
  [
    'a wrong key of Secrets Manager',
    () => ({ SECRETS_MANAGER_SECRET_ACCESS_KEY: secret() }),
    'AWS Secrets Manager',
    'InvalidSignatureException',
  ],
])('%s is found', async (_fault, change, subject, text) => {
  const changed = change();
  const { of, json } = await online(changed);
  expect(of('services', subject)).toEqual(found('failed', text));
  for (const [name, value] of Object.entries(changed))
    if (!/^BANKID|_API_URL$/.test(name)) expect(json).not.toContain(value);
});

test.each(openBankingProviders.map(({ id, displayName }) => [displayName, `${prefixOf(id)}_CLIENT_ID`]))(
  'a client id that %s does not know is found',
  async (displayName, variable) => {
    const { findings } = await online({ [variable]: randomUUID() });
    const failures = findings.filter(({ severity }) => severity === 'failed');
    expect(failures.map(({ subject }) => subject.startsWith(displayName))).toContain(true);
  },
);

test('a service whose variables are at fault is not called', async () => {
  const { of } = await online({ SUMSUB_API_URL: 'https://sumsub.example' });
  expect(of('configuration', 'SUMSUB_API_URL')).toEqual(found('failed', 'must be a loopback address'));
  expect(of('services', 'Sumsub')).toEqual(found('skipped', 'its variables are at fault'));
});

test('a public address at which another server answers is found, and one where none does', async () => {
  const other = await online({ BASE_URL: environment['BANKID_ISSUER'] });
  const origin = new URL(environment['BANKID_ISSUER'] ?? '').origin;
  expect(other.of('callbacks', `${origin}/api/health`)).toEqual(found('failed', 'another server than Drop'));
  const none = await online({ BASE_URL: nowhere });
  expect(none.of('callbacks', `${nowhere}/api/health`)).toEqual(found('failed', 'no answer'));
});

test('nothing is asked online without being told to, and mocks are not asked at all', async () => {
  const { of } = await examined(environment);
  expect(of('services', 'providers')).toEqual(found('skipped', 'asked with --online only'));
  const mocked = await examined(staging, { online: { resolver, dkimSelector: undefined } });
  expect(mocked.of('services', 'services')).toEqual(found('skipped', 'is mock'));
});
