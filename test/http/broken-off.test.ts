import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '#http/app.ts';
import { testContext } from '../support/context.ts';
import { dependenciesOf } from '../support/http-app.ts';
import { listenOnLoopback } from '../support/loopback.ts';

/** Drop on a socket. `answered` resolves when it has answered one request, and says with what. */
async function stand() {
  const context = await testContext();
  const server = await listenOnLoopback(0);
  onTestFinished(() => server.close());
  let counted = 0;
  const app = createApp({ ...dependenciesOf(context), onServerError: () => void (counted += 1) });
  const answered = Promise.withResolvers<string>();
  server.handle(async (request, bindings) => {
    const response = await app.fetch(request, bindings);
    answered.resolve(await response.clone().text());
    return response;
  });
  return { context, port: server.port, answered: answered.promise, counted: () => counted };
}

const ways = {
  'resets the connection': { framing: 'Content-Length: 1000', part: '{"a', end: 'reset' },
  'closes the connection': { framing: 'Content-Length: 1000', part: '{"a', end: 'close' },
  'resets it between chunks': { framing: 'Transfer-Encoding: chunked', part: '3\r\n{"a\r\n', end: 'reset' },
  'sends a chunk that is none': {
    framing: 'Transfer-Encoding: chunked',
    part: '3\r\n{"a\r\nZZ',
    end: 'wait',
  },
};
const paths = ['/api/payments', '/api/auth/bankid/mobile', '/api/auth/logout'];

test.each(Object.keys(ways).flatMap((way) => paths.map((path) => [way, path] as const)))(
  'a client that %s in the body for %s is no failure of Drop or its database',
  async (way, path) => {
    const { framing, part, end } = ways[way as keyof typeof ways];
    const { context, port, answered, counted } = await stand();
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
    socket.write(head + part, () => {
      if (end === 'reset') socket.resetAndDestroy();
      if (end === 'close') socket.end();
    });
    expect(JSON.parse(await answered)).toMatchObject({ code: 'invalid_request', status: 400 });
    expect(counted()).toBe(0);
    expect(context.logged.filter(({ level }) => level === 'error')).toEqual([]);
  },
);
