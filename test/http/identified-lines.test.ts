import { expect, test } from 'vitest';
import { createApp } from '#http/app.ts';
import { identifiedLog } from '#process/identified-log.ts';
import type { Log } from '#usecases/context.ts';
import { testContext } from '../support/context.ts';
import { payingCustomer } from './paying-customer.ts';
import { dependenciesOf, signedIn } from '../support/http-app.ts';

const id = '0198c6f2-0000-7000-8000-000000000000';

function writtenLines(): { lines: Record<string, unknown>[]; log: Log } {
  const lines: Record<string, unknown>[] = [];
  const log = identifiedLog(
    (_level, msg, details) => void lines.push({ msg, ...details }),
    () => ({ current: () => undefined }),
  );
  return { lines, log };
}

async function loggedApp() {
  const { lines, log } = writtenLines();
  const context = await testContext();
  const app = createApp(dependenciesOf({ ...context, log }));
  const { headers, user } = await signedIn(context);
  return { app, lines, headers, user };
}

test.each([
  ['GET', `/api/payments/${id}`, 'paymentId'],
  ['POST', `/api/payments/${id}/cancel`, 'paymentId'],
  ['GET', `/api/payments/${id}/receipt.pdf`, 'paymentId'],
  ['GET', `/api/bank-connections/${id}`, 'connectionId'],
  ['POST', `/api/bank-connections/${id}/check`, 'connectionId'],
  ['POST', `/api/accounts/${id}/refresh`, 'accountId'],
  ['GET', `/api/cards/${id}`, 'cardId'],
  ['DELETE', `/api/creditors/${id}`, 'creditorId'],
  ['DELETE', `/api/devices/${id}`, 'deviceId'],
])('each line of the request %s %s has its id as %s', async (method, path, name) => {
  const { app, lines, headers, user } = await loggedApp();
  await app.request(path, { method, headers: { ...headers, origin: 'http://localhost:3000' } });
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines)
    expect(line).toMatchObject({ [name]: id, requestId: expect.any(String) as string });
  expect(lines.at(-1)).toMatchObject({ msg: 'a request was answered', userId: user.id });
});

test('the line of a request that makes a payment has the id of that payment', async () => {
  const { lines, log } = writtenLines();
  const { accountId, ask } = await payingCustomer(log);
  const { body } = await ask('POST', '/api/payments', {
    accountId,
    amount: { amount: 1_000, currency: 'NOK' },
    creditor: { name: 'Øst Strøm AS', accountNumber: '15032080178' },
    text: 'Mars',
  });
  const [line] = lines.filter(({ msg }) => msg === 'a request was answered');
  expect(line).toMatchObject({ route: '/api/payments', paymentId: body['id'] });
});

test('the line of a request keeps the pattern of its route', async () => {
  const { app, lines, headers } = await loggedApp();
  await app.request(`/api/payments/${id}`, { headers });
  expect(lines.at(-1)).toMatchObject({ route: '/api/payments/:id' });
});

test('a part of an address that is no id is in no line', async () => {
  const { app, lines, headers } = await loggedApp();
  await app.request('/api/payments/kari-nordmann', { headers });
  expect(JSON.stringify(lines)).not.toContain('kari-nordmann');
  expect(lines.at(-1)).toMatchObject({ msg: 'a request was answered' });
});
