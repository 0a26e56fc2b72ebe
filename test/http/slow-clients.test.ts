import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { listen, type Handler } from '#http/listen.ts';
import { clientLimitsDefault } from '#http/node-servers.ts';
import { pipelinedMax } from '#http/pipelining.ts';

const never = 3_600_000;

async function clientOf(limits: Partial<typeof clientLimitsDefault>, handler: Handler): Promise<Socket> {
  const all = { requestMs: never, idleMs: never, checkEveryMs: 10, ...limits };
  const server = await listen({ host: '127.0.0.1', port: 0, clock: new ManualClock(), limits: all });
  onTestFinished(() => server.close());
  server.handle(handler);
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

const head = 'POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n';

test.each([
  ['head', head],
  ['body', `${head}\r\nhalf`],
])('a client that does not finish the %s of its request is cut off', async (_, sent) => {
  const socket = await clientOf({ requestMs: 20 }, async (request) => new Response(await request.text()));
  socket.write(sent);
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test('a client that does not read its answer is cut off', async () => {
  const gone = Promise.withResolvers<undefined>();
  const more = Buffer.alloc(1_048_576);
  const socket = await clientOf({ idleMs: 500 }, (_, { outgoing }) => {
    outgoing.once('close', () => gone.resolve(undefined));
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(more) });
    return new Response(body);
  });
  await once(socket, 'connect');
  socket.pause();
  socket.write('GET /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await expect(gone.promise).resolves.toBeUndefined();
});

test('a client has half a minute for a request, and three minutes without reading', () => {
  expect(clientLimitsDefault).toMatchObject({ requestMs: 30_000, idleMs: 180_000 });
});

const get = 'GET /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n';

test('a client that sends many requests and waits for no answer is cut off, and few of them are begun', async () => {
  let begun = 0;
  const socket = await clientOf({}, () => {
    begun += 1;
    return new Response('answer');
  });
  socket.write(get.repeat(1_000));
  await text(socket).catch(() => '');
  expect(begun).toBeLessThanOrEqual(pipelinedMax);
});

test('as many requests at once as are allowed are answered, and then as many again', async () => {
  const socket = await clientOf({}, () => new Response('answer'));
  socket.setEncoding('latin1');
  const answers = async (): Promise<void> => {
    let received = '';
    while (received.split('answer').length <= pipelinedMax)
      received += String((await once(socket, 'data'))[0]);
  };
  for (let round = 0; round < 3; round += 1) {
    socket.write(get.repeat(pipelinedMax));
    await answers();
  }
  expect(socket.destroyed).toBe(false);
});
