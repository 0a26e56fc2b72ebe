import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { faultsOf } from '#configuration/rules.ts';
import { allVariables, coreVariables } from '#configuration/variables.ts';
import { enableBanking } from '#services/open-banking/enable-banking/provider.ts';
import { applicationKey } from '../../support/application-key.ts';

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = (modulusLength: number): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('rsa', { modulusLength });

/** The faults of a start with `secret` as the application's key. */
function faultsWith(secret: string, change: Record<string, string> = {}): string[] {
  const environment = {
    ENABLE_BANKING_CLIENT_ID: 'application',
    ENABLE_BANKING_CLIENT_SECRET: secret,
    ...change,
  };
  const all = allVariables([enableBanking]).parse(environment);
  const core = coreVariables.parse(environment);
  return faultsOf({ core, all, given: new Set(), providers: [enableBanking] })
    .filter(({ variable }) => variable.endsWith('BANKING_CLIENT_SECRET'))
    .map(({ variable, problem }) => `${variable} ${problem}`);
}

const [short, usual] = [rsa(1024), rsa(2048)];
const encrypted = usual.privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'a passphrase' })
  .toString();

test.each([
  ['a word', 'a-secret-that-is-no-key', 'is not a private key in PEM'],
  ['the public half of a key', String(usual.publicKey.export({ type: 'spki', format: 'pem' })), 'is not a'],
  ['a key with a passphrase', encrypted, 'without a passphrase'],
  ['an elliptic key', pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), 'than RSA'],
  ['a short key', pem(short.privateKey), 'fewer than 2048 bits'],
])(
  'a start with %s in place of the private key is refused, and the variable is named',
  (_what, secret, problem) => {
    const [fault, ...more] = faultsWith(secret);
    expect(fault).toMatch(/^ENABLE_BANKING_CLIENT_SECRET is /);
    expect(fault).toContain(problem);
    expect(fault).not.toContain(secret.split('\n')[1] ?? secret);
    expect(more).toEqual([]);
  },
);

test.each([
  ['in lines', applicationKey],
  ['in one line', applicationKey.replaceAll('\n', '\\n')],
])('a private key %s starts', (_form, secret) => {
  expect(faultsWith(secret)).toEqual([]);
});

test('mock mode, which calls no provider, starts with any secret', () => {
  const mock = { NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'staging' };
  expect(faultsWith('a-secret-that-is-no-key', mock)).toEqual([]);
});
