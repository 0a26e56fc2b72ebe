import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { createSealKeys } from '#services/open-banking/berlin-group/emulator/keys.ts';
import { berlinGroup } from '#services/open-banking/berlin-group/provider.ts';
import { readPsd2Certificate } from '#services/open-banking/psd2-certificate.ts';

const pem = (name: string): string => readFileSync(`test/outbound/fixtures/${name}.pem`, 'utf8');

test('a start checks the certificate of the connections and the seal, by their variables', () => {
  const { providers } = loadConfig({
    NEXT_PUBLIC_SERVICE_MODE: 'mock',
    DROP_ENVIRONMENT: 'sandbox',
    OPENBANKING_PROVIDER: berlinGroup.id,
    OPENBANKING_TLS_CERTIFICATE: pem('client'),
    OPENBANKING_TLS_PRIVATE_KEY: pem('client.key'),
    BERLIN_GROUP_SEAL_CERTIFICATE: pem('payment-institution'),
  }).openBanking;
  const shown = providers.flatMap(({ certificates }) => certificates);
  expect(shown.map(({ variable }) => variable)).toEqual([
    'OPENBANKING_TLS_CERTIFICATE',
    'BERLIN_GROUP_SEAL_CERTIFICATE',
  ]);
  const texts = ['client', 'payment-institution'].map((name) => pem(name).trimEnd());
  expect(shown.map((each) => each.pem.trimEnd())).toEqual(texts);
});

test('the seal of the sandbox names the roles that a start looks for', async () => {
  const { certificatePem, clientId } = await createSealKeys(new Date('2026-06-01T00:00:00Z'));
  const { certificateRoles: roles } = berlinGroup;
  expect(await readPsd2Certificate(certificatePem)).toEqual({ organisation: clientId, roles });
});
