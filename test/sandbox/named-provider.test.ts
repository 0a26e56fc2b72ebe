import { expect, onTestFinished, test } from 'vitest';
import { rm } from 'node:fs/promises';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { launchSandbox, newDataDirectory } from '../support/sandbox.ts';

test('the sandbox obeys OPENBANKING_PROVIDER: it refuses a provider that does not exist', async () => {
  const dataDirectory = await newDataDirectory();
  const sandbox = launchSandbox({ dataDirectory, environment: { OPENBANKING_PROVIDER: 'nobody' } });
  onTestFinished(async () => {
    await sandbox.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });
  const { message } = await sandbox.until('failed');
  expect(message).toContain(`OPENBANKING_PROVIDER must be one of ${openBankingProviders[0].id}`);
  expect(await sandbox.ended).toBe(1);
});
