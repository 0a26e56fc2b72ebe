import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { validityOfCertificates } from '#outbound/client-tls.ts';
import { watchCertificates } from '#usecases/watch/certificates.ts';
import { newAlerts } from '../../support/alerts.ts';
import { testContext } from '../../support/context.ts';

const dayMs = 86_400_000;

async function world(daysLeft: number) {
  const context = await testContext();
  const heard = newAlerts(context);
  const certificateOf = (days: number, variable = 'BANK_LINK_TLS_CERTIFICATE') => {
    const validUntil = new Date(context.clock.now().getTime() + days * dayMs);
    return { provider: 'bank-link', variable, validUntil };
  };
  context.certificates = [certificateOf(daysLeft)];
  return {
    context,
    messages: async () =>
      (await heard()).map(({ message }) => message.split(' Order')[0]?.split(' Replace')[0]),
    told: async () => (await heard()).map(({ severity, title }) => `${severity}: ${title}`),
    watch: () => watchCertificates(context),
    async days(count: number): Promise<void> {
      for (let day = 0; day < count; day += 1) {
        context.clock.advance(dayMs);
        await watchCertificates(context);
      }
    },
    renew: () => {
      context.certificates = [certificateOf(365)];
    },
    show(variable: string, days: number) {
      context.certificates = [...context.certificates, certificateOf(days, variable)];
    },
  };
}

test('a certificate is alerted 30, 14, 7 and 1 days before it ends, and when it has ended', async () => {
  const { days, messages } = await world(60.5);
  await days(90);
  expect(await messages()).toEqual([
    'The certificate for bank-link (BANK_LINK_TLS_CERTIFICATE) ends on 2026-04-25, in 29 days.',
    'The certificate for bank-link (BANK_LINK_TLS_CERTIFICATE) ends on 2026-04-25, in 13 days.',
    'The certificate for bank-link (BANK_LINK_TLS_CERTIFICATE) ends on 2026-04-25, in 6 days.',
    'The certificate for bank-link (BANK_LINK_TLS_CERTIFICATE) ends on 2026-04-25.',
    'The certificate for bank-link (BANK_LINK_TLS_CERTIFICATE) has ended on 2026-04-25.',
  ]);
});

test('the last seven days are critical', async () => {
  const { days, told } = await world(15.5);
  await days(10);
  expect(await told()).toEqual([
    'warning: A certificate ends soon',
    'warning: A certificate ends soon',
    'critical: A certificate ends within days',
  ]);
});

test('a certificate that is replaced is told of once', async () => {
  const { days, told, renew } = await world(3.5);
  await days(1);
  expect(await told()).toEqual(['critical: A certificate ends within days']);
  renew();
  await days(5);
  expect(await told()).toEqual(['info: Over: A certificate ends within days']);
});

test('two certificates of one provider are two alerts', async () => {
  const { show, watch, messages } = await world(20.5);
  show('BANK_LINK_SEAL_CERTIFICATE', 20.5);
  await watch();
  expect((await messages()).toSorted()).toEqual([
    'The certificate for bank-link (BANK_LINK_SEAL_CERTIFICATE) ends on 2026-03-16, in 20 days.',
    'The certificate for bank-link (BANK_LINK_TLS_CERTIFICATE) ends on 2026-03-16, in 20 days.',
  ]);
});

test('a certificate that is good for long is not alerted', async () => {
  const { watch, told } = await world(31);
  await watch();
  expect(await told()).toEqual([]);
});

test('of two processes that find a certificate near its end, one alerts', async () => {
  const { watch, told } = await world(20);
  await Promise.all([watch(), watch()]);
  expect(await told()).toHaveLength(1);
});

test('a chain is valid while each of its certificates is', () => {
  const pem = (name: string): string => readFileSync(`test/outbound/fixtures/${name}`, 'utf8');
  const [long, short] = [pem('client.pem'), pem('short-lived.pem')];
  const late = pem('payment-institution.pem');
  const { validUntil } = validityOfCertificates(short);
  const { validFrom } = validityOfCertificates(long);
  expect(validUntil.getTime()).toBeLessThan(validityOfCertificates(late).validUntil.getTime());
  expect(validFrom.getTime()).toBeGreaterThan(validityOfCertificates(late).validFrom.getTime());
  expect(validityOfCertificates(late + short)).toMatchObject({ validUntil });
  expect(validityOfCertificates(short + late)).toMatchObject({ validUntil });
  expect(validityOfCertificates(late + long)).toMatchObject({ validFrom });
  expect(validityOfCertificates(long + late)).toMatchObject({ validFrom });
});
