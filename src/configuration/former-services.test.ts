import { describe, expect, test } from 'vitest';
import { isDropError } from '#domain/errors.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { loadConfig, loadVariables } from './config.ts';
import type { Environment } from './environment.ts';

const mock: Environment = {
  DROP_ENVIRONMENT: 'staging',
  NEXT_PUBLIC_SERVICE_MODE: 'mock',
  HOST: '127.0.0.1',
};
const page = 'see docs/migration.md, "Configuration that names Swan"';

function faultsIn(environment: Environment): readonly { field: string; message: string }[] {
  try {
    loadConfig({ ...mock, ...environment });
  } catch (error) {
    if (isDropError(error, 'configuration_invalid')) return error.details.fields ?? [];
    throw error;
  }
  return [];
}

describe('configuration that names Swan', () => {
  test.each(['swan', 'Swan'])('as the provider %s is refused with the providers there are', (name) => {
    const known = openBankingProviders.map(({ id }) => id).join(', ');
    expect(faultsIn({ OPENBANKING_PROVIDER: name })).toEqual([
      {
        field: 'OPENBANKING_PROVIDER',
        message: `names Swan, which Drop no longer has: set one of ${known}; ${page}`,
      },
    ]);
  });

  test('by variables of its own is refused, each by its name and without its value', () => {
    const given = { SWAN_CLIENT_SECRET: 'a-secret-of-swan', SWAN_API_KEY_FILE: '/run/secrets/swan' };
    const message = `belongs to Swan, which Drop no longer has: remove it; ${page}`;
    expect(faultsIn(given)).toEqual([
      { field: 'SWAN_API_KEY_FILE', message },
      { field: 'SWAN_CLIENT_SECRET', message },
    ]);
  });

  test('by a variable without a value is not at fault', () => {
    expect(faultsIn({ SWAN_CLIENT_ID: '' })).toEqual([]);
  });

  test('by a variable that only begins like one is not at fault', () => {
    expect(faultsIn({ SWANSEA: 'a town' })).toEqual([]);
  });

  test('does not stop a command that reads other variables', () => {
    expect(loadVariables(['PORT'], { PORT: '3100', SWAN_CLIENT_ID: 'x' }).PORT).toBe(3100);
  });
});
