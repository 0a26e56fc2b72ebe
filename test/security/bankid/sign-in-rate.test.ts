import { expect, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { ManualClock } from '#domain/clock.ts';
import { SignInLimit } from '#http/sign-in-limit.ts';
import { pairOf, startMockDrop } from './mock-drop.ts';

const environment = { TRUSTED_PROXY_HOPS: '1', SIGN_IN_STARTS_PER_MINUTE: '2' };
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const here = from('203.0.113.7');
const appChallenge = 'a'.repeat(43);
const minuteMs = 60_000;

test('too many sign-ins from one address are 429 with a time to wait, also on the page', async () => {
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

test('browser and app share the limit of an address, and another address has its own', async () => {
  const drop = await startMockDrop(environment);
  expect((await drop.post('/api/auth/bankid/mobile', here, { appChallenge })).status).toBe(201);
  expect((await drop.get('/api/auth/bankid', here)).status).toBe(302);
  const refused = await drop.post('/api/auth/bankid/mobile', here, { appChallenge });
  expect(refused.status).toBe(429);
  expect(JSON.parse(refused.body)).toMatchObject({ code: 'rate_limited' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect((await drop.get('/api/auth/bankid', from('203.0.113.8'))).status).toBe(302);
});

test('a started sign-in may be completed', async () => {
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

test('a customer cannot choose the address in the header that the proxy extends', async () => {
  const drop = await startMockDrop(environment);
  const statuses = [];
  for (const claimed of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
    statuses.push((await drop.get('/api/auth/bankid', from(`${claimed}, 203.0.113.7`))).status);
  expect(statuses).toEqual([302, 302, 429]);
});

test('an address is the same with any port and in brackets', async () => {
  const drop = await startMockDrop(environment);
  const statuses = [];
  for (const element of ['203.0.113.7:55220', '203.0.113.7:55221', '203.0.113.7', '[2001:db8::7]:55220'])
    statuses.push((await drop.get('/api/auth/bankid', from(element))).status);
  expect(statuses).toEqual([302, 302, 429, 302]);
});

test('an address is the same with any zone, which causes no error', async () => {
  const drop = await startMockDrop(environment);
  const statuses = [];
  for (const element of ['2001:db8::1%a:b', '[2001:db8::1%a:b]:443', '2001:db8::1%%', '2001:db8::1%25x', '%'])
    statuses.push((await drop.get('/api/auth/bankid', from(element))).status);
  expect(statuses).toEqual([302, 302, 302, 429, 302]);
  expect(drop.logged.filter(({ level }) => level === 'error')).toEqual([]);
});

test('customers without a known address share the limit of one address', async () => {
  const drop = await startMockDrop(environment);
  const statuses = [];
  for (const element of ['unknown', '10.0.0.1', '_hidden', '203.0.113.7, ', '[fd00::1]:443', '127.0.0.1'])
    statuses.push((await drop.get('/api/auth/bankid', from(element))).status);
  expect(statuses).toEqual([302, 302, 429, 429, 429, 429]);
  expect((await drop.get('/api/auth/bankid', here)).status).toBe(302);
});

test('with fewer proxies than configured, no customer has a known address', async () => {
  const drop = await startMockDrop({ ...environment, TRUSTED_PROXY_HOPS: '2' });
  const statuses = [];
  for (const element of ['203.0.113.7', '203.0.113.8', '203.0.113.9'])
    statuses.push((await drop.get('/api/auth/bankid', from(element))).status);
  expect(statuses).toEqual([302, 302, 429]);
});

test('all addresses together have a common limit', async () => {
  const drop = await startMockDrop({ ...environment, SIGN_IN_STARTS_PER_MINUTE_IN_ALL: '3' });
  const answers = [];
  for (let last = 1; last <= 4; last += 1)
    answers.push(await drop.get('/api/auth/bankid', from(`2001:db8:${last}::1`)));
  expect(answers.map(({ status }) => status)).toEqual([302, 302, 302, 429]);
  expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(drop.logged).toContainEqual({
    level: 'info',
    message: 'too many sign-ins from all addresses together',
  });
});

test('a household with many IPv6 networks reaches its own limit only', async () => {
  const drop = await startMockDrop({ ...environment, SIGN_IN_STARTS_PER_MINUTE_IN_ALL: '20' });
  const statuses = [];
  for (let network = 1; network <= 30; network += 1)
    statuses.push((await drop.get('/api/auth/bankid', from(`2001:db8:1:${network.toString(16)}::1`))).status);
  expect(statuses.filter((status) => status === 302)).toHaveLength(8);
  const refused = await drop.get('/api/auth/bankid', from('2001:db8:1:ff::1'));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  expect(drop.logged).toContainEqual({ level: 'info', message: 'too many sign-ins from one site' });
  for (const other of ['2001:db8:2:1::1', '203.0.113.7'])
    expect((await drop.get('/api/auth/bankid', from(other))).status).toBe(302);
});

test('a flood from new addresses does not evict an address that has reached its limit', () => {
  const config = loadConfig({
    NEXT_PUBLIC_SERVICE_MODE: 'mock',
    DROP_ENVIRONMENT: 'staging',
    HOST: '127.0.0.1',
  });
  const clock = new ManualClock();
  const fromAll = config.SIGN_IN_STARTS_PER_MINUTE_IN_ALL;
  const limit = new SignInLimit(clock, { fromOne: 1, fromAll });
  expect(limit.take('the one')).toBeUndefined();
  for (let other = 0; other < fromAll; other += 1) limit.take(`early ${other}`);
  for (let other = 0; other < fromAll - 1; other += 1) {
    clock.advance(minuteMs / fromAll);
    limit.take(`late ${other}`);
  }
  expect(limit.take('the one')).toMatchObject({ limit: 'fromOne' });
});

test('outside the sandbox, customers on the same machine or network share one address', async () => {
  const drop = await startMockDrop({
    SIGN_IN_STARTS_PER_MINUTE: '1',
    DROP_ENVIRONMENT: 'staging',
    HOST: '127.0.0.1',
  });
  expect((await drop.get('/api/auth/bankid')).status).toBe(302);
  expect((await drop.get('/api/auth/bankid')).status).toBe(429);
  expect((await drop.get('/api/auth/bankid', here)).status).toBe(429);
});

test('in the sandbox, requests from its own machine are not limited', async () => {
  const drop = await startMockDrop({ SIGN_IN_STARTS_PER_MINUTE: '1', SIGN_IN_STARTS_PER_MINUTE_IN_ALL: '1' });
  for (let begun = 0; begun < 3; begun += 1) {
    expect((await drop.get('/api/auth/bankid')).status).toBe(302);
    expect((await drop.get('/api/auth/bankid', here)).status).toBe(302);
  }
});

test('an unconfigured proxy is logged once and is not trusted', async () => {
  const drop = await startMockDrop({ SIGN_IN_STARTS_PER_MINUTE: '1' });
  const notices = (): unknown[] =>
    drop.logged.filter(({ message }) => message.includes('TRUSTED_PROXY_HOPS'));
  await drop.get('/api/auth/bankid');
  expect(notices()).toEqual([]);
  await drop.get('/api/auth/bankid', here);
  await drop.post('/api/auth/bankid/mobile', here, { appChallenge });
  expect(notices()).toEqual([
    { level: 'warn', message: 'a request has X-Forwarded-For, but TRUSTED_PROXY_HOPS is 0' },
  ]);
});

test('a configured proxy is not logged', async () => {
  const drop = await startMockDrop(environment);
  await drop.get('/api/auth/bankid', here);
  expect(drop.logged.filter(({ message }) => message.includes('TRUSTED_PROXY_HOPS'))).toEqual([]);
});

test('a proxy that provides no address at the expected position is logged once', async () => {
  const drop = await startMockDrop({ ...environment, TRUSTED_PROXY_HOPS: '2' });
  for (let begun = 0; begun < 2; begun += 1) await drop.get('/api/auth/bankid', here);
  expect(drop.logged.filter(({ message }) => message.includes('TRUSTED_PROXY_HOPS'))).toEqual([
    {
      level: 'warn',
      message: 'X-Forwarded-For has no client address at the position that TRUSTED_PROXY_HOPS=2 expects',
    },
  ]);
});
