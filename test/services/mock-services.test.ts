import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { loadConfig } from '#configuration/config.ts';
import { controlRoutes } from '#sandbox/control.ts';
import { initializeServices, resetMockServices, type Services } from '#services/index.ts';
import { payingCustomer } from '../http/paying-customer.ts';

const redirectUri = 'http://localhost:3000/api/auth/bankid/callback';

async function mocks(): Promise<Services> {
  const config = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', DROP_ENVIRONMENT: 'sandbox' });
  return initializeServices({ config, clock: new ManualClock(), random: () => 0.5 });
}

/** Begins something at two mocks; asks later whether they still know of it. */
async function begun({ bankId, sumsub }: Services): Promise<() => Promise<string[]>> {
  const { authorizeUrl, transaction } = await bankId.startSignIn({ redirectUri, locale: 'nb' });
  await sumsub.createApplicant({ externalUserId: 'c' });
  const callback = new URL(authorizeUrl).searchParams;
  return async () => [
    await bankId.completeSignIn(callback, transaction).then(
      () => 'known',
      () => 'forgotten',
    ),
    (await sumsub.findApplicant('c')) === undefined ? 'forgotten' : 'known',
  ];
}

test('resetMockServices clears what the mocks remember', async () => {
  const services = await mocks();
  expect(await (await begun(services))()).toEqual(['known', 'known']);
  const recall = await begun(services);
  resetMockServices();
  expect(await recall()).toEqual(['forgotten', 'forgotten']);
  await services.close(0);
});

test('resetMockServices clears the consents of open banking', async () => {
  const { accountId, ask } = await payingCustomer();
  const refresh = async (): Promise<number> =>
    (await ask('POST', `/api/accounts/${accountId}/refresh`)).status;
  expect(await refresh()).toBe(200);
  resetMockServices();
  expect(await refresh()).not.toBe(200);
});

test("the sandbox's control plane resets the mocks", async () => {
  const services = await mocks();
  const recall = await begun(services);
  const headers = { authorization: 'Bearer token' };
  const { status } = await controlRoutes([], 'token').request('/__sandbox/reset', {
    method: 'POST',
    headers,
  });
  expect(status).toBe(204);
  expect(await recall()).toEqual(['forgotten', 'forgotten']);
  await services.close(0);
});

test('mocks that are closed are not reset', async () => {
  const services = await mocks();
  const recall = await begun(services);
  await services.close(0);
  resetMockServices();
  expect(await recall()).toEqual(['known', 'known']);
});
