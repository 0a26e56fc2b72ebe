import { inspect } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answer, guard, ObligingClock, reset, startProvider } from './guarded.ts';

describe('an answer', () => {
  test('is returned unchanged: status, headers and body', async () => {
    const provider = await startProvider(answer(201, { 'x-request-id': 'r-1' }, '{"amount":"1.00"}'));
    const response = await guard(provider.origin, new ObligingClock()).send();
    expect(response.status).toBe(201);
    expect(response.headers.get('X-Request-Id')).toBe('r-1');
    expect(response.json()).toEqual({ amount: '1.00' });
  });

  test('that is not HTTP is quoted by no error, nor by its causes', async () => {
    const provider = await startProvider((request) =>
      request.socket.end('HTTP/1.1 200 OK\r\nkari\u0001-nordmann: 1\r\n\r\n'),
    );
    const error = await guard(provider.origin, new ObligingClock()).fail();
    expect(error).toMatchObject({ code: 'provider_unavailable', details: { outcome: 'unknown' } });
    expect(inspect(error, { depth: 9 })).not.toContain('nordmann');
  });

  test('of the maximum size is accepted', async () => {
    const provider = await startProvider(answer(200, {}, 'x'.repeat(1_024)));
    const { send } = guard(provider.origin, new ObligingClock());
    expect((await send({ responseBytesMax: 1_024 })).text()).toHaveLength(1_024);
  });

  test('one byte larger is an invalid response, and the call is not repeated', async () => {
    const provider = await startProvider(answer(200, {}, 'x'.repeat(1_025)));
    const { fail } = guard(provider.origin, new ObligingClock());
    const error = await fail({ responseBytesMax: 1_024 });
    expect(error).toMatchObject({ code: 'provider_invalid_response', details: { outcome: 'unknown' } });
    expect(provider.received).toHaveLength(1);
  });

  test('without an end is aborted', async () => {
    const closed = Promise.withResolvers<undefined>();
    const provider = await startProvider((_request, response) => {
      const more = (): void => void response.write('x'.repeat(65_536), (fault) => fault == null && more());
      response.once('close', () => closed.resolve(undefined));
      more();
    });
    const { fail } = guard(provider.origin, new ObligingClock());
    expect((await fail()).code).toBe('provider_invalid_response');
    await closed.promise;
  });

  test('that is not JSON is an invalid response when it is read as JSON', async () => {
    const provider = await startProvider(answer(200, {}, '<html>maintenance</html>'));
    const response = await guard(provider.origin, new ObligingClock()).send();
    expect(response.text()).toBe('<html>maintenance</html>');
    expect(() => response.json()).toThrow(
      expect.objectContaining({ code: 'provider_invalid_response' }) as Error,
    );
  });

  test.each([
    ['text/html', '{}', 'does not say that it is JSON'],
    ['', '{}', 'does not say that it is JSON'],
    ['application/json', '{"a":1', 'is not JSON'],
    ['application/json', '{"a":1,"a":2}', 'names a member twice'],
    ['application/json', '['.repeat(33) + ']'.repeat(33), 'is nested deeper than 32 levels'],
  ])('of type %j and body %j is not read as JSON', async (type, body, fault) => {
    const provider = await startProvider(answer(200, { 'content-type': type }, body));
    const response = await guard(provider.origin, new ObligingClock()).send();
    const error = { code: 'provider_invalid_response', message: `test.act: the answer ${fault}` };
    expect(() => response.json()).toThrow(expect.objectContaining(error) as Error);
  });

  test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/problem+json'])(
    'of type %s is read as JSON',
    async (type) => {
      const provider = await startProvider(answer(200, { 'content-type': type }));
      expect((await guard(provider.origin, new ObligingClock()).send()).json()).toEqual({});
    },
  );

  test.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['br', brotliCompressSync('{}')],
    ['deflate', deflateSync('{}')],
    ['something', Buffer.from('{}')],
  ])('that is compressed (%s) is refused, because Drop asks for no compression', async (encoding, body) => {
    const provider = await startProvider((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );
    const error = await guard(provider.origin, new ObligingClock()).fail();
    expect(error).toMatchObject({ code: 'provider_invalid_response', details: { outcome: 'unknown' } });
    expect(provider.received).toHaveLength(1);
    expect(provider.received[0]?.headers['accept-encoding']).toBe('identity');
  });

  test('that is a redirect is not followed', async () => {
    const elsewhere = await startProvider(answer(200));
    const provider = await startProvider(answer(302, { location: `${elsewhere.origin}/act` }));
    const response = await guard(provider.origin, new ObligingClock()).send({ method: 'GET' });
    expect(response.status).toBe(302);
    expect(elsewhere.received).toHaveLength(0);
  });
});

describe('a call', () => {
  test.each([
    ['another host', (port: string) => `http://127.0.0.1:${port}/act`],
    ['another port', () => 'http://localhost:1/act'],
    ['another scheme', (port: string) => `https://localhost:${port}/act`],
    ["the provider's address as a user name", (port: string) => `http://localhost:${port}@127.0.0.1:1/act`],
  ])('to %s is not sent', async (_case, urlFor) => {
    const provider = await startProvider(answer(200));
    const { fail, attempts } = guard(provider.origin, new ObligingClock());
    const error = await fail({ url: urlFor(new URL(provider.origin).port) });
    expect(error).toMatchObject({ code: 'provider_refused', details: { outcome: 'not_sent' } });
    expect(attempts).toHaveLength(0);
    expect(provider.received).toHaveLength(0);
  });

  test('has Accept and User-Agent headers, which its own headers override', async () => {
    const provider = await startProvider(answer(200));
    const { send } = guard(provider.origin, new ObligingClock());
    await send({ headers: { accept: 'text/plain', authorization: 'Bearer abc' } });
    expect(provider.received[0]?.headers).toMatchObject({
      accept: 'text/plain',
      authorization: 'Bearer abc',
      'user-agent': 'drop',
    });
  });

  test('over TLS to a server without TLS was not sent', async () => {
    const provider = await startProvider(answer(200));
    const { fail } = guard(provider.origin.replace('http:', 'https:'), new ObligingClock());
    expect((await fail({ repeatable: false })).details.outcome).toBe('not_sent');
  });

  test('that fails discloses nothing of its address, headers or body', async () => {
    const provider = await startProvider(reset);
    const { fail } = guard(provider.origin, new ObligingClock());
    const error = await fail({
      url: `${provider.origin}/services/canary-path?canary-query`,
      headers: { authorization: 'Bearer canary-token' },
      body: 'canary-body',
    });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('canary');
  });

  test('is reported, attempt by attempt', async () => {
    const provider = await startProvider(reset, answer(503), answer(200));
    const { send, attempts } = guard(provider.origin, new ObligingClock());
    await send();
    expect(attempts).toMatchObject([
      { provider: 'test', operation: 'test.act', attempt: 1, errorCode: 'provider_unavailable' },
      { attempt: 2, status: 503, errorCode: undefined },
      { attempt: 3, status: 200, errorCode: undefined },
    ]);
  });
});
