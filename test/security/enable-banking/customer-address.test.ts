import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { Journey } from '#cli/journey.ts';
import { startCanaryStack } from '../canary/stack.ts';

const providerId = 'enable-banking';

/** A customer with an account, and what the provider is told of them when they ask for its balance. */
async function linkedCustomer(environment: Record<string, string>) {
  const stack = await startCanaryStack({ OPENBANKING_PROVIDER: providerId, ...environment });
  const journey = new Journey(stack.appOrigin, ['kari']);
  onTestFinished(() => journey.close());
  await journey.signIn();
  await journey.verify();
  await journey.linkBank();
  const cookie = journey.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const call = (path: string, method: 'GET' | 'POST', headers: Record<string, string> = {}) =>
    request(`${stack.appOrigin}${path}`, {
      method,
      headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers },
    });
  const { accounts } = (await (await call('/api/accounts', 'GET')).body.json()) as {
    accounts: { id: string }[];
  };
  const told: (string | null)[] = [];
  stack.answerFor(providerId, ({ url, headers }) => {
    if (url.endsWith('/balances')) told.push(headers.get('psu-ip-address'));
    return undefined;
  });
  const readBalance = async (headers: Record<string, string>): Promise<number> => {
    const { statusCode, body } = await call(`/api/accounts/${accounts[0]?.id}/refresh`, 'POST', headers);
    await body.dump();
    return statusCode;
  };
  return { readBalance, told };
}

const from = (element: string): Record<string, string> => ({ 'x-forwarded-for': element });

test('a bank is told where on the internet the customer is, and without that the read is unattended', async () => {
  const { readBalance, told } = await linkedCustomer({ TRUSTED_PROXY_HOPS: '1' });
  for (const element of ['203.0.113.7:55220', '[2001:db8::7]:55220', '198.51.100.1, 203.0.113.8'])
    expect(await readBalance(from(element))).toBe(200);
  expect(told.splice(0)).toEqual(['203.0.113.7', '2001:db8::7', '203.0.113.8']);
  const unknown = ['unknown', '10.0.0.1', '[::1]:80', '203.0.113.7, 192.168.1.1', '127.0.0.1'];
  const statuses = [];
  for (const element of unknown) statuses.push(await readBalance(from(element)));
  // Four unattended reads in 24 hours (RTS Article 36(5)); Drop does not send the fifth.
  expect(statuses).toEqual([200, 200, 200, 200, 429]);
  expect(told).toEqual([null, null, null, null]);
});

test('in the sandbox a customer on its own machine is there as often as they ask', async () => {
  const { readBalance, told } = await linkedCustomer({});
  for (let read = 0; read < 6; read += 1) expect(await readBalance({})).toBe(200);
  expect(told).toEqual(Array(6).fill('192.0.2.1'));
});
