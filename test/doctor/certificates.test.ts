import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { ownCertificateChecks, serverCertificateChecks } from '#doctor/certificates.ts';
import type { Finding } from '#doctor/finding.ts';
import { readPatient } from '#doctor/patient.ts';
import { runChecks } from '#doctor/run-checks.ts';
import { portUntilTestEnds } from '../support/loopback.ts';
import { found, staging } from './examined.ts';

const fixture = (name: string): string => readFileSync(`test/outbound/fixtures/${name}.pem`, 'utf8');
const tls = { authorities: fixture('authority') };
const patientAt = (now: string) =>
  readPatient({ environment: staging, clock: new ManualClock(new Date(now)), entropy: systemEntropy });

/** What is found of a server that shows the certificate `name`. */
async function serverFound(
  name: string,
  now: string,
  options: ServerOptions = {},
): Promise<Finding | undefined> {
  const server = createServer({ cert: fixture(name), key: fixture(`${name}.key`), ...options });
  const origin = `https://localhost:${await portUntilTestEnds(server)}`;
  const checks = serverCertificateChecks(await patientAt(now), [{ service: 'Bank', origin, tls }]);
  const [finding] = await runChecks(checks, { clock: new ManualClock() });
  return finding;
}

test.each([
  ['server', '2026-12-01T00:00:00Z', 'ok', 'valid until 2126-10-31'],
  ['server', '2126-10-10T00:00:00Z', 'warning', 'ends in 21 days, on 2126-10-31'],
  ['server', '2126-11-01T00:00:00Z', 'failed', 'has ended'],
  ['elsewhere', '2026-06-01T00:00:00Z', 'failed', 'is that of another name'],
  ['self-signed', '2026-06-01T00:00:00Z', 'failed', 'is not trusted: DEPTH_ZERO_SELF_SIGNED_CERT'],
] as const)('a server with the certificate %s is at %s %s', async (name, now, severity, text) => {
  expect(await serverFound(name, now)).toMatchObject({ area: 'certificates', ...found(severity, text) });
});

test('a server that refuses the certificate that Drop shows is not called untrusted', async () => {
  const asksForOne = { requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' } as const;
  const finding = await serverFound('server', '2026-12-01T00:00:00Z', asksForOne);
  expect(finding).toMatchObject({
    ...found('failed', 'the server refuses TLS: ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'),
    advice: expect.stringContaining('compare the certificate that Drop shows') as string,
  });
});

test('the certificates at BASE_URL and at a callback address of another host are examined', async () => {
  const server = createServer({ cert: fixture('elsewhere'), key: fixture('elsewhere.key') });
  const port = await portUntilTestEnds(server);
  const environment = {
    ...staging,
    BASE_URL: `https://localhost:${port}`,
    BANKID_CALLBACK_URL: `https://127.0.0.1:${port}/api/auth/bankid/callback`,
  };
  const clock = new ManualClock(new Date('2026-06-01T00:00:00Z'));
  const patient = await readPatient({ environment, clock, entropy: systemEntropy });
  const findings = await runChecks(serverCertificateChecks(patient, []), { clock: new ManualClock() });
  expect(findings).toMatchObject([
    { subject: `localhost:${port} (Drop)`, ...found('failed', 'not trusted') },
    { subject: `127.0.0.1:${port} (Drop)`, ...found('failed', 'not trusted') },
  ]);
});

test('a server that does not speak TLS, or is not there, is found', async () => {
  const called = [{ service: 'Bank', origin: 'https://localhost:1', tls: undefined }];
  const checks = serverCertificateChecks(await patientAt('2026-06-01T00:00:00Z'), called);
  const [finding] = await runChecks(checks, { clock: new ManualClock() });
  expect(finding).toMatchObject(found('failed', 'no TLS connection: ECONNREFUSED'));
});

/** What is found of a certificate that a made-up provider is shown, at which both roles are needed. */
async function shownFound(name: string, now: string): Promise<Finding | undefined> {
  const patient = await patientAt(now);
  const [live] = patient.config.openBanking.providers;
  if (!live) throw new Error('mock mode has every provider');
  const id = 'bank-link';
  const certificates = [{ variable: 'BANK_LINK_SEAL_CERTIFICATE', pem: fixture(name) }];
  const [definition] = patient.providers;
  if (!definition) throw new Error('there are providers');
  const checks = ownCertificateChecks({
    ...patient,
    config: {
      ...patient.config,
      NEXT_PUBLIC_SERVICE_MODE: 'production',
      openBanking: { providerId: id, providers: [{ ...live, id, certificates }] },
    },
    providers: [{ ...definition, id, certificateRoles: ['PSP_PI', 'PSP_AI'] }],
  });
  const [finding] = await runChecks(checks, { clock: new ManualClock() });
  return finding;
}

test.each([
  [
    'payment-institution',
    '2026-06-01T00:00:00Z',
    'ok',
    'PSDNO-FSA-000000000, PSP_PI and PSP_AI, valid until',
  ],
  ['payment-institution', '2124-12-10T00:00:00Z', 'warning', 'ends in 22 days'],
  ['payment-institution', '2125-01-02T00:00:00Z', 'failed', 'has ended'],
  ['payment-institution', '2024-12-31T00:00:00Z', 'failed', 'is not valid before'],
  ['account-information-institution', '2026-06-01T00:00:00Z', 'failed', 'lacks the role PSP_PI'],
  ['garbled-statements', '2026-06-01T00:00:00Z', 'warning', 'names no role'],
] as const)('the certificate %s at %s is %s', async (name, now, severity, text) => {
  expect(await shownFound(name, now)).toMatchObject(found(severity, text));
});
