import { expect, test } from 'vitest';
import { pairOf, startMockDrop } from './mock-drop.ts';

const environment = { TRUSTED_PROXY_HOPS: '1', SIGN_IN_STARTS_PER_MINUTE: '2' };
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const here = from('203.0.113.7');
const appChallenge = 'a'.repeat(43);

test('too many sign-ins from one address are 429 and say when to come back, on the page too', async () => {
  const drop = await startMockDrop(environment);
  for (let begun = 0; begun < 2; begun += 1)
    expect((await drop.get('/api/auth/bankid', here)).status).toBe(302);
  const problem = await drop.get('/api/auth/bankid', here);
  expect(problem.status).toBe(429);
  expect(problem.headers['content-type']).toBe('application/problem+json');
  expect(Number(problem.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(JSON.parse(problem.body)).toMatchObject({ code: 'rate_limited', status: 429 });
  expect(problem.cookies).toEqual([]);
  const page = await drop.get('/api/auth/bankid', { ...here, accept: 'text/html' });
  expect(page).toMatchObject({
    status: 429,
    body: expect.stringContaining('"code":"rate_limited"') as unknown,
  });
  expect(page.headers['retry-after']).toMatch(/^\d+$/);
});

test('browser and app share what an address has, and another address has its own', async () => {
  const drop = await startMockDrop(environment);
  expect((await drop.post('/api/auth/bankid/mobile', here, { appChallenge })).status).toBe(201);
  expect((await drop.get('/api/auth/bankid', here)).status).toBe(302);
  const refused = await drop.post('/api/auth/bankid/mobile', here, { appChallenge });
  expect(refused.status).toBe(429);
  expect(JSON.parse(refused.body)).toMatchObject({ code: 'rate_limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect((await drop.get('/api/auth/bankid', from('203.0.113.8'))).status).toBe(302);
});

test('who has begun may finish', async () => {
  const drop = await startMockDrop(environment);
  const begun = [await drop.get('/api/auth/bankid', here)];
  const cookie = begun.flatMap(({ cookies }) => cookies.map(pairOf)).join('; ');
  begun.push(await drop.get('/api/auth/bankid', { ...here, cookie }));
  expect((await drop.get('/api/auth/bankid', { ...here, cookie })).status).toBe(429);
  for (const { headers } of begun) {
    const { pathname, search } = new URL(String(headers['location']));
    expect((await drop.get(`${pathname}${search}`, { ...here, cookie })).status).toBe(302);
  }
});

test('a customer writes no address of their own into the header that the proxy adds to', async () => {
  const drop = await startMockDrop(environment);
  const statuses = [];
  for (const claimed of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
    statuses.push((await drop.get('/api/auth/bankid', from(`${claimed}, 203.0.113.7`))).status);
  expect(statuses).toEqual([302, 302, 429]);
});

test('where a proxy is not made known, nobody is turned away for what others do', async () => {
  const drop = await startMockDrop({ SIGN_IN_STARTS_PER_MINUTE: '1' });
  for (let begun = 0; begun < 3; begun += 1)
    expect((await drop.get('/api/auth/bankid', here)).status).toBe(302);
});

test('a proxy that is not made known is noticed, once, and trusted no more for it', async () => {
  const drop = await startMockDrop({ SIGN_IN_STARTS_PER_MINUTE: '1' });
  const notices = (): unknown[] =>
    drop.logged.filter(({ message }) => message.includes('TRUSTED_PROXY_HOPS'));
  await drop.get('/api/auth/bankid');
  expect(notices()).toEqual([]);
  await drop.get('/api/auth/bankid', here);
  await drop.post('/api/auth/bankid/mobile', here, { appChallenge });
  expect(notices()).toEqual([
    { level: 'warn', message: 'a request has X-Forwarded-For, and TRUSTED_PROXY_HOPS is 0' },
  ]);
});

test('a proxy that is made known is no notice', async () => {
  const drop = await startMockDrop(environment);
  await drop.get('/api/auth/bankid', here);
  expect(drop.logged.filter(({ message }) => message.includes('TRUSTED_PROXY_HOPS'))).toEqual([]);
});
