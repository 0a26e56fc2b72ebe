import { expect, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { initializeServices } from '#services/index.ts';
import { applicationKey } from '../../support/application-key.ts';
import { approval, deliveryOf, signedApproval } from './deliveries.ts';

const long = 'a-value-that-is-long-enough-for-production';
/** The webhook secret. */
const key = 'another-value-that-is-long-enough-for-it';

/** The Sumsub client as configured by the environment, which is production by default. */
async function sumsubWith(change: Record<string, string> = {}) {
  const config = loadConfig({
    BASE_URL: 'https://pay.example',
    DATABASE_URL: `postgres://drop:${long}@db.example/drop?sslmode=verify-full`,
    BANKID_CLIENT_ID: 'drop',
    BANKID_CLIENT_SECRET: long,
    NATIONAL_ID_HASH_KEY: Buffer.alloc(32, 7).toString('base64'),
    DATA_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64'),
    AUDIT_SIGNING_KEY: Buffer.alloc(32, 10).toString('base64'),
    SUMSUB_APP_TOKEN: long,
    SUMSUB_SECRET_KEY: long,
    SLACK_WEBHOOK_URL: `https://hooks.slack.com/services/${long}`,
    SUMSUB_WEBHOOK_SECRET: key,
    SMTP_URL: `smtp://drop:${long}@smtp.example:587`,
    MAIL_FROM: 'drop@mail.example.com',
    OPENBANKING_CLIENT_ID: 'application',
    OPENBANKING_CLIENT_SECRET: applicationKey,
    ...change,
  });
  const logged: string[] = [];
  const services = await initializeServices({ config, log: (message) => logged.push(message) });
  const { webhooks } = services.sumsub;
  if (!webhooks) throw new RangeError('the production client takes webhooks');
  return { verify: webhooks.verify, logged, close: () => services.close(0) };
}

const sandboxed = deliveryOf(JSON.stringify({ ...approval, sandboxMode: true }), { key });

test('production refuses events of Sumsub’s sandbox and accepts production events', async () => {
  const { verify, close } = await sumsubWith();
  expect(await verify(sandboxed)).toMatchObject({ kind: 'malformed' });
  expect(await verify(signedApproval({ key }))).toMatchObject({ kind: 'accepted' });
  await close();
});

test('staging accepts events of Sumsub’s sandbox', async () => {
  const { verify, close } = await sumsubWith({ DROP_ENVIRONMENT: 'staging' });
  expect(await verify(sandboxed)).toMatchObject({ kind: 'accepted' });
  await close();
});

test('SHA-1 is accepted only when the environment allows it', async () => {
  const { verify, close } = await sumsubWith();
  expect(await verify(signedApproval({ key, hash: 'sha1' }))).toMatchObject({ kind: 'signature_invalid' });
  expect(await verify(signedApproval({ key, hash: 'sha512' }))).toMatchObject({ kind: 'accepted' });
  await close();
  const legacy = await sumsubWith({ SUMSUB_WEBHOOK_ALGORITHMS: 'HMAC_SHA1_HEX' });
  expect(await legacy.verify(signedApproval({ key, hash: 'sha1' }))).toMatchObject({ kind: 'accepted' });
  expect(await legacy.verify(signedApproval({ key }))).toMatchObject({ kind: 'signature_invalid' });
  await legacy.close();
});

test('both secrets are accepted during a rotation', async () => {
  const { verify, close } = await sumsubWith({ SUMSUB_WEBHOOK_SECRET: `${long}-new,${key}` });
  expect(await verify(signedApproval({ key }))).toMatchObject({ kind: 'accepted' });
  expect(await verify(signedApproval({ key: `${long}-new` }))).toMatchObject({ kind: 'accepted' });
  await close();
});

test("without their own secret, webhooks are verified with the API's, and production logs a warning", async () => {
  const { verify, logged, close } = await sumsubWith({ SUMSUB_WEBHOOK_SECRET: '' });
  expect(await verify(signedApproval({ key: long }))).toMatchObject({ kind: 'accepted' });
  expect(logged).toContain('SUMSUB_WEBHOOK_SECRET is not set: webhooks are verified with the API secret');
  await close();
});
