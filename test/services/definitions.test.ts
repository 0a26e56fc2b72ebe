import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { describeVariables } from '#configuration/reference.ts';
import { emulatorNames } from '#sandbox/emulators.ts';
import { guardsOf } from '#services/definition.ts';
import { initializeServices } from '#services/index.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { serviceEntries } from '#services/services.ts';
import { applicationKey } from '../support/application-key.ts';
import { providersWithSecond, secondProvider } from '../support/second-provider.ts';

/** Every service but BankID is live. */
const live = {
  DROP_ENVIRONMENT: 'staging',
  HOST: '127.0.0.1',
  BANKID_MOCK: 'true',
  NATIONAL_ID_HASH_PLAIN: 'true',
  SUMSUB_APP_TOKEN: 'x',
  SUMSUB_SECRET_KEY: 'x',
  OPENBANKING_CLIENT_ID: 'x',
  OPENBANKING_CLIENT_SECRET: applicationKey,
};

const services = serviceEntries.map(([, definition]) => definition);
const definitions = [...services, ...openBankingProviders];

const repeated = (names: readonly string[]): string[] =>
  names.filter((name, index) => names.indexOf(name) !== index);

test('no two definitions share an id, a guard or a variable', () => {
  expect(repeated(definitions.map(({ id }) => id))).toEqual([]);
  expect(repeated(definitions.flatMap(guardsOf))).toEqual([]);
  const declared = definitions.flatMap(({ variables }) => Object.keys(variables.shape));
  expect(repeated(declared)).toEqual([]);
  const shown = describeVariables(openBankingProviders).map(({ name }) => name);
  expect(shown).toEqual(expect.arrayContaining(declared));
});

test('a definition without a client is a mock although the other services are live', async () => {
  const services = await initializeServices({ config: loadConfig(live), providers: openBankingProviders });
  onTestFinished(() => services.close(0));
  expect(
    await services.cardIssuing.createCardholder({ userId: 'u', name: 'Kari', idempotencyKey: 'u' }),
  ).toMatch(/^ich_test/);
});

test('every variable of every definition is described, in a group', () => {
  const bare = describeVariables(providersWithSecond).filter(
    ({ group, description }) => group === '' || description === '',
  );
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test('every definition with a client has an emulator, and each provider of open banking one of its own', () => {
  const called = definitions.filter((definition) => definition.createClient !== undefined);
  expect(emulatorNames().toSorted()).toEqual(called.map(({ id }) => id).toSorted());
  expect(emulatorNames(providersWithSecond)).toContain(secondProvider.id);
});

test("a provider's own variables are derived from its id, its secrets marked as such", () => {
  const own = describeVariables(providersWithSecond).filter(({ name }) => name.startsWith('SECOND_PAY_'));
  const secrets = own.filter(({ isSecret }) => isSecret).map(({ name }) => name);
  expect(secrets).toEqual([
    'SECOND_PAY_CLIENT_SECRET',
    'SECOND_PAY_WEBHOOK_SECRET',
    'SECOND_PAY_TLS_PRIVATE_KEY',
  ]);
  expect(own.map(({ group }) => group)).toEqual(own.map(() => 'Second Pay'));
});

test('a guard that its definition does not name is refused when the client is made', async () => {
  const [first] = openBankingProviders;
  const providers = [{ ...first, guards: ['another'] }];
  const started = initializeServices({ config: loadConfig(live, providers), providers });
  await expect(started).rejects.toThrow(`${first.id} is among the guards of ${first.id}`);
});
