import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { loadConfig } from '#configuration/config.ts';
import { initializeServices, resetMockServices } from '#services/index.ts';

test('the mocks forget what they were told when they are reset', async () => {
  const config = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
  const { sumsub } = await initializeServices({ config, clock: new ManualClock() });
  const { applicantId } = await sumsub.createApplicant({ externalUserId: 'kari' });
  expect(await sumsub.findApplicant('kari')).toEqual({ applicantId });
  resetMockServices();
  expect(await sumsub.findApplicant('kari')).toBeUndefined();
});
