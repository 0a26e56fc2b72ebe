import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import type { Environment } from './environment.ts';

const pathOf = (name: string): string =>
  fileURLToPath(new URL(`../../test/outbound/fixtures/${name}`, import.meta.url));
const pem = (name: string): string => readFileSync(pathOf(name), 'utf8');

function load(environment: Environment) {
  return loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox', ...environment });
}

const certificate = { OPENBANKING_TLS_CERTIFICATE: pem('client.pem') };
const privateKey = { OPENBANKING_TLS_PRIVATE_KEY: pem('client.key.pem') };
const canary = 'canary '.repeat(5);
const unreadable = (kind: string): string => `-----BEGIN ${kind}-----\nAA-AA\n-----END ${kind}-----\n`;

describe('a client certificate in the configuration', () => {
  test('is read from the files that hold it and its key', () => {
    const config = load({
      OPENBANKING_TLS_CERTIFICATE_FILE: pathOf('client.pem'),
      OPENBANKING_TLS_PRIVATE_KEY_FILE: pathOf('client.key.pem'),
      OPENBANKING_TLS_AUTHORITIES_FILE: pathOf('authority.pem'),
    });
    const tls = config.openBanking.providers[0]?.credentials.tls;
    expect(tls?.certificate?.reveal()).toBe(pem('client.pem').trimEnd());
    expect(tls?.privateKey?.reveal()).toBe(pem('client.key.pem').trimEnd());
    expect(tls?.authorities).toBe(pem('authority.pem').trimEnd());
  });

  test('may have lost its line breaks on the way through a variable', () => {
    const [live] = load({
      OPENBANKING_TLS_CERTIFICATE: pem('client.pem').replaceAll('\n', '\\n'),
      OPENBANKING_TLS_PRIVATE_KEY: pem('client.key.pem').replaceAll('\n', '\\n'),
    }).openBanking.providers;
    expect(live?.credentials.tls?.privateKey?.reveal()).toBe(pem('client.key.pem'));
  });

  test('that is absent leaves connections as they are', () => {
    expect(load({}).openBanking.providers[0]?.credentials.tls).toBeUndefined();
  });

  test.each([
    ['without its key', certificate, ['PRIVATE_KEY is required beside its certificate']],
    ['that is missing beside its key', privateKey, ['CERTIFICATE is required beside its private key']],
    [
      'with the key of another',
      { ...certificate, OPENBANKING_TLS_PRIVATE_KEY: pem('stranger.key.pem') },
      ['PRIVATE_KEY must be that of the certificate'],
    ],
    [
      'that is no PEM, as the key and the authorities are not',
      {
        OPENBANKING_TLS_CERTIFICATE: canary,
        OPENBANKING_TLS_PRIVATE_KEY: canary,
        OPENBANKING_TLS_AUTHORITIES: canary,
      },
      [
        'CERTIFICATE must be certificates in PEM',
        'PRIVATE_KEY must be a key in PEM without a passphrase',
        'AUTHORITIES must be certificates in PEM',
      ],
    ],
    ...['CERTIFICATE', 'TRUSTED CERTIFICATE', 'PRIVATE KEY'].map((kind): [string, Environment, string[]] => [
      `after a ${kind.toLowerCase()} that cannot be read`,
      { ...privateKey, OPENBANKING_TLS_CERTIFICATE: `${unreadable(kind)}${pem('client.pem')}` },
      ['CERTIFICATE must be certificates in PEM'],
    ]),
    [
      'before a certificate that cannot be read',
      { ...privateKey, OPENBANKING_TLS_CERTIFICATE: `${pem('client.pem')}${unreadable('CERTIFICATE')}` },
      ['CERTIFICATE must be certificates in PEM'],
    ],
    [
      'with an authority of which a part is missing',
      {
        OPENBANKING_TLS_AUTHORITIES: `${pem('authority.pem')}${pem('authority.pem').replace(/^M.*$/m, 'AAAA')}`,
      },
      ['AUTHORITIES must be certificates in PEM'],
    ],
  ])('%s is told with the other faults at the start', (_case, environment, expected) => {
    const faults = [...expected.map((fault) => `OPENBANKING_TLS_${fault}`), 'PORT must be a whole number'];
    const started = (): unknown => load({ ...environment, PORT: 'many' });
    for (const fault of faults) expect(started).toThrow(fault);
    expect(started).toThrow(`at fault (${faults.length})`);
    expect(started).not.toThrow(/canary|BEGIN/);
  });
});
