import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { listen, type Handler, type HttpServer, type RequestFaults } from '#http/listen.ts';

const graceMs = 3_000;

async function started(host = '127.0.0.1', clock = new ManualClock()): Promise<HttpServer> {
  const server = await listen({ host, port: 0, clock });
  onTestFinished(() => server.close());
  return server;
}

/** A client that keeps its connection alive, as proxies do. */
function client(): Agent {
  const agent = new Agent({ keepAliveTimeout: 3_600_000 });
  onTestFinished(() => agent.destroy());
  return agent;
}

const get = async ({ port }: HttpServer, host = '127.0.0.1') => {
  const { statusCode, headers, body } = await request(`http://${host}:${port}/api/x`, {
    dispatcher: client(),
  });
  return { status: statusCode, headers, body: await body.text() };
};

/** A handler that answers when told to, and when it was called. */
function held(): { handler: Handler; called: Promise<unknown>; answer: () => void } {
  const called = Promise.withResolvers<undefined>();
  const answered = Promise.withResolvers<Response>();
  return {
    called: called.promise,
    handler() {
      called.resolve(undefined);
      return answered.promise;
    },
    answer: () => answered.resolve(new Response('done')),
  };
}

/** What a server answers to these bytes. */
async function answerTo({ port }: HttpServer, sent: string): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.end(sent);
  return text(socket);
}

test('before there is a handler, a request gets 503 and when to ask again', async () => {
  const { status, headers } = await get(await started());
  expect([status, headers['retry-after']]).toEqual([503, '1']);
});

test('a close waits for a request in progress, whose answer arrives whole', async () => {
  const server = await started();
  const { handler, called, answer } = held();
  server.handle(handler);
  const answered = get(server);
  await called;
  let isClosed = false;
  const closed = server.close(graceMs).then(() => (isClosed = true));
  await refused(server);
  expect(isClosed).toBe(false);
  answer();
  expect(await answered).toMatchObject({ status: 200, body: 'done' });
  await closed;
});

/** Resolves once new connections are refused. */
async function refused({ port }: HttpServer): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
}

test('a close cuts off a request that is not answered within the grace', async () => {
  const clock = new ManualClock();
  const server = await started('127.0.0.1', clock);
  const { handler, called } = held();
  server.handle(handler);
  const answered = get(server).catch((error: unknown) => error);
  await called;
  let isClosed = false;
  const closed = server.close(graceMs).then(() => (isClosed = true));
  clock.advance(graceMs - 1);
  await refused(server);
  expect(isClosed).toBe(false);
  clock.advance(1);
  await closed;
  expect(await answered).toMatchObject({ code: 'UND_ERR_SOCKET' });
});

test('a close does not wait for a connection that is kept alive without a request', async () => {
  const server = await started();
  server.handle(() => new Response('done'));
  await get(server);
  await server.close(graceMs);
});

const health: Handler = (given) => new Response(given.url);

test('HTTP/1.0 without a Host is answered, under an address of this machine', async () => {
  const server = await started();
  server.handle(health);
  const answer = await answerTo(server, 'GET /api/health HTTP/1.0\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain('http://localhost/api/health');
});

test('HTTP/1.1 without a Host is refused', async () => {
  const server = await started();
  server.handle(health);
  expect(await answerTo(server, 'GET /api/health HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

const refusing: RequestFaults = { refuse: () => new Response('a problem', { status: 400 }) };

test.each([
  ['a Host that is no host', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
  ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n'],
  ['an address that is none', 'GET //[ HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n'],
])('%s is answered with a problem', async (_, sent) => {
  const server = await started();
  server.handle(health, undefined, refusing);
  const answer = await answerTo(server, sent);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain('a problem');
});

test.each(['TRACK', 'TRACE', 'CONNECT', 'PURGE', 'QUERY'])('%s ends nothing', async (method) => {
  const server = await started();
  server.handle(async (given) => new Response(await given.text()));
  await answerTo(server, `${method} /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect((await get(server)).status).toBe(200);
});

test.each([
  ['throws', () => Promise.reject(new Error('at fault')), undefined],
  [
    'intake throws',
    () => new Response(),
    () => {
      throw new Error('at fault');
    },
  ],
])('a handler that fails (%s) is answered 500 and reported', async (_, handler, intake) => {
  const server = await started();
  const failures: unknown[] = [];
  server.handle(handler, intake, { onFailure: (error) => failures.push(error) });
  expect((await get(server)).status).toBe(500);
  expect(failures).toEqual([expect.objectContaining({ message: 'at fault' })]);
});

test('a server on localhost answers on both loopback addresses', async () => {
  const server = await started('localhost');
  server.handle(() => new Response('done'));
  expect(await get(server, '127.0.0.1')).toMatchObject({ body: 'done' });
  expect(await get(server, '[::1]')).toMatchObject({ body: 'done' });
});

test('a port in use on one loopback address is in use, and leaves the other free', async () => {
  const other = createServer().listen(0, '::1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const taken = listen({ host: 'localhost', port, clock: new ManualClock() });
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const free = await listen({ host: '127.0.0.1', port, clock: new ManualClock() });
  await free.close();
});

test('an idle connection stays open for longer than the minute for which load balancers use it', async () => {
  const server = await started();
  server.handle(() => new Response('here'));
  expect((await get(server)).headers['keep-alive']).toBe('timeout=65');
});
