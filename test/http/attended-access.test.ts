import { Hono } from 'hono';
import { request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '#configuration/config.ts';
import { attendedAccess } from '#http/customer.ts';
import type { HttpEnvironment } from '#http/environment.ts';
import { listenOnLoopback } from '../support/loopback.ts';

type Headers = Record<string, string | string[]>;

/** The access that use cases receive for a request with these headers from this machine. */
async function told(environment: Record<string, string>, headers: Headers = {}): Promise<unknown> {
  const config = loadConfig({ NEXT_PUBLIC_SERVICE_MODE: 'mock', ...environment });
  const server = await listenOnLoopback(0);
  onTestFinished(() => server.close());
  const app = new Hono<HttpEnvironment>().get('/', (c) => c.json(attendedAccess(c, { config })));
  server.handle(app.fetch);
  return (await request(server.origin, { headers })).body.json();
}

const sandbox = { DROP_ENVIRONMENT: 'sandbox' };
const staging = { DROP_ENVIRONMENT: 'staging', HOST: '127.0.0.1' };
const behindOne = { TRUSTED_PROXY_HOPS: '1' };
const behindTwo = { TRUSTED_PROXY_HOPS: '2' };
const forwarded = (...lines: string[]): Headers => ({ 'x-forwarded-for': lines });

test.each([
  [behindOne, forwarded('203.0.113.7:55220'), '203.0.113.7'],
  [behindOne, forwarded('[2001:db8::7]:55220'), '2001:db8::7'],
  [behindOne, forwarded('198.51.100.1', '203.0.113.7:55220'), '203.0.113.7'],
  [behindTwo, forwarded('198.51.100.1, 203.0.113.7', '10.0.0.1'), '203.0.113.7'],
  [behindOne, forwarded('203.0.113.7, 10.0.0.1'), undefined],
  [behindTwo, forwarded('203.0.113.7'), undefined],
  [behindOne, forwarded('unknown'), undefined],
  [behindOne, forwarded('127.0.0.1'), undefined],
  [behindOne, forwarded('203.0.113.7', ''), undefined],
])('with %j and %j the address is %j, in the sandbox as well', async (hops, headers, ipAddress) => {
  for (const environment of [staging, sandbox])
    expect(await told({ ...environment, ...hops }, headers)).toEqual({ kind: 'attended', ipAddress });
});

test.each([
  ['without a proxy', {}, {}],
  ['without a proxy that is trusted', {}, forwarded('203.0.113.7')],
  ['when the trusted proxy sends no header', behindOne, {}],
])('%s a loopback address is not passed to banks', async (_, hops, headers) => {
  expect(await told({ ...staging, ...hops }, headers)).toEqual({ kind: 'attended' });
});

test.each([
  ['without a proxy', {}, {}],
  ['without a proxy that is trusted', {}, forwarded('203.0.113.7')],
  ['where no proxy wrote anything', behindOne, {}],
])('%s a customer on the sandbox’s own machine has a made-up address', async (_, hops, headers) => {
  const access = { kind: 'attended', ipAddress: '192.0.2.1' };
  expect(await told({ ...sandbox, ...hops }, headers)).toEqual(access);
});

test('the User-Agent of a browser is passed on unchanged', async () => {
  expect(await told(sandbox, { 'user-agent': 'Firefox/150.0' })).toMatchObject({
    userAgent: 'Firefox/150.0',
  });
});

test('a User-Agent that no browser sends is not passed on', async () => {
  for (const userAgent of ['Browser\t1', 'Nettleser p\u00e5 norsk', 'x'.repeat(10_000)])
    expect(await told(sandbox, { 'user-agent': userAgent })).not.toHaveProperty('userAgent');
});
