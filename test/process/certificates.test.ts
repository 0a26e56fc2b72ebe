import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { ManualClock } from '#domain/clock.ts';
import { checkCertificates, type CertificateParts } from '#process/certificates.ts';

/** Valid in the year 2025 and for a hundred years after it; see the README.md beside them. */
const fixture = (name: string): string => readFileSync(`test/outbound/fixtures/${name}.pem`, 'utf8');
const variable = 'BANK_LINK_SEAL_CERTIFICATE';
const needed = ['PSP_PI', 'PSP_AI'] as const;

interface Start {
  pem?: string;
  now?: string;
  environment?: CertificateParts['config']['DROP_ENVIRONMENT'];
  needs?: CertificateParts['providers'][number]['certificateRoles'];
}

/** What a start with one certificate says of it. */
async function checked(given: Start): Promise<{ lines: unknown[]; refusal: string | undefined }> {
  const { now = '2026-06-01T00:00:00Z', environment = 'production', needs = needed } = given;
  const id = 'bank-link';
  const certificates = [{ variable, pem: given.pem ?? fixture('payment-institution') }];
  const [live] = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' }).openBanking
    .providers;
  if (!live) throw new Error('mock mode has every provider');
  const lines: unknown[] = [];
  const openBanking = { providerId: id, providers: [{ ...live, id, certificates }] };
  const refusal = await checkCertificates({
    config: { DROP_ENVIRONMENT: environment, NEXT_PUBLIC_SERVICE_MODE: 'production', openBanking },
    clock: new ManualClock(new Date(now)),
    log: (level, message, details) => lines.push([level, message, details]),
    providers: [{ id, ...(needs.length > 0 && { certificateRoles: needs }) }],
  }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  return { lines, refusal };
}

const shown = ['info', 'a certificate of a payment institution'];
const details = { variable, organisation: 'PSDNO-FSA-000000000', roles: needed };

test('a certificate that is valid and names both roles is shown, and nothing more is said', async () => {
  expect(await checked({})).toEqual({ lines: [[...shown, details]], refusal: undefined });
});

test.each([
  ['has ended', { now: '2125-01-01T00:00:00Z' }, 'has ended at 2125-01-01T00:00:00.000Z'],
  ['is not valid yet', { now: '2024-12-31T23:59:59Z' }, 'is not valid before 2025-01-01T00:00:00.000Z'],
  ['lacks a role', { pem: fixture('account-information-institution') }, 'lacks the role PSP_PI'],
])('a certificate that %s is refused by its variable in production', async (_fault, given, problem) => {
  const { refusal } = await checked(given);
  expect(refusal).toContain(`${variable} ${problem}`);
  expect(refusal).not.toContain('BEGIN');
});

test('a certificate that has ended is a warning in staging', async () => {
  const { refusal, lines } = await checked({ now: '2125-01-01T00:00:00Z', environment: 'staging' });
  expect(refusal).toBeUndefined();
  const problem = `${variable} has ended at 2125-01-01T00:00:00.000Z: renew the certificate`;
  expect(lines).toContainEqual(['warn', `a certificate is of no use: ${problem}`, undefined]);
});

test('the last 30 days of a certificate are a warning, and the day before them is not', async () => {
  const { lines } = await checked({ now: '2124-12-02T00:00:01Z' });
  const soon = { variable, days: 29, until: '2125-01-01T00:00:00.000Z' };
  expect(lines).toContainEqual(['warn', 'a certificate ends soon: order the next one', soon]);
  expect((await checked({ now: '2124-12-02T00:00:00Z' })).lines).toHaveLength(1);
});

test('a certificate without the statement of PSD2 is a warning, also in production', async () => {
  const { refusal, lines } = await checked({ pem: fixture('garbled-statements') });
  expect(refusal).toBeUndefined();
  const message = 'a certificate names no role of a payment institution: banks refuse it outside sandboxes';
  expect(lines).toContainEqual(['warn', message, { variable, needed }]);
});

test('roles are not read in the sandbox, whose emulators make the certificates', async () => {
  const pem = fixture('account-information-institution');
  expect(await checked({ pem, environment: 'sandbox' })).toEqual({ lines: [], refusal: undefined });
});

test('a provider that asks for no roles is asked for none', async () => {
  const { lines } = await checked({ needs: [], pem: fixture('garbled-statements') });
  expect(lines).toEqual([]);
});
