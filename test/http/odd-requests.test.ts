import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '#http/app.ts';
import { createRequestFaults } from '#http/request-faults.ts';
import { testContext } from '../support/context.ts';
import { dependenciesOf, signedIn } from '../support/http-app.ts';
import { listenOnLoopback } from '../support/loopback.ts';

/** Drop on a socket, with a customer. `counted` says how many errors count as Drop's. */
async function stand() {
  const context = await testContext();
  const { headers } = await signedIn(context);
  let counted = 0;
  const server = await listenOnLoopback(0);
  onTestFinished(() => server.close());
  const dependencies = { ...dependenciesOf(context), onServerError: () => void (counted += 1) };
  const app = createApp(dependencies);
  server.handle(
    (request, bindings) => app.fetch(request, bindings),
    undefined,
    createRequestFaults(dependencies),
  );
  const cookie = `Cookie: ${headers.cookie}\r\n`;
  return { cookie, send: (text: string) => answerTo(server.port, text), counted: () => counted };
}

/** The whole answer to a request as it is on the wire, until the server closes the connection. */
async function answerTo(port: number, text: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  socket.on('close', () => resolve(received));
  socket.on('error', () => resolve(received));
  socket.write(Buffer.from(text, 'latin1'));
  return promise;
}

interface Odd {
  line?: string;
  host?: string;
  headers?: string;
  body?: string;
}

function requestOf({ line = 'GET /', host = 'Host: localhost\r\n', headers = '', body }: Odd): string {
  const length = body === undefined ? '' : `Content-Length: ${body.length}\r\n`;
  return `${line} HTTP/1.1\r\n${host}${headers}${length}Connection: close\r\n\r\n${body ?? ''}`;
}

const callbacks = [
  '/api/auth/bankid/callback',
  '/api/auth/bankid/mobile/return',
  '/api/openbanking/callback',
];

const targets = [
  ...['/%', '/%E0%A4%A', '//', '//evil.example/api/me', '/api//me', '/api/../api/me', '/api/me;x', '*'],
  ...['api/me', '\\api\\me', '/api/me\\x', 'http://localhost/api/me', 'http://[/api/me', 'ftp://x/api/me'],
  ...['/assets/%', '/assets/%00', '/assets/..%2f..%2fpackage.json', '/.well-known/%ff', '/metrics?x=%'],
  ...['/api/payments/%E0%A4%A', '/api/payments/%', '/api/payments/%00', '/api/devices/%ff'],
  ...['/api/auth/bankid?returnTo=%', '/api/auth/bankid?returnTo=/&returnTo=/x', '/api/kyc/webhook'],
  ...['/api/openbanking/webhook/%', '/api/openbanking/webhook/unknown'],
  ...callbacks.flatMap((path) =>
    [
      ...['', '?', '?state', '?state=x', '?state=a&state=b', '?state=%ff&error=server_error', '?state=%00'],
      ...['?error=x', '?state=x&error=server_error&error=y', `?state=${'x'.repeat(8_000)}`, '?code=%ff'],
    ].map((query) => `${path}${query}`),
  ),
];
const methods = ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];

const hosts = [
  ...[
    '',
    'Host: \r\n',
    'Host: a b\r\n',
    'Host: [\r\n',
    'Host: ex%ample\r\n',
    'Host: a/b\r\n',
    'Host: a@b\r\n',
  ],
  ...['Host: localhost:99999\r\n', 'Host: localhost:abc\r\n', 'Host: \xff\xff\r\n', 'Host: ^\r\n'],
  ...['Host: 999.1.1.1\r\n', 'Host: 1.2.3.4.5\r\n', 'Host: xn--a\r\n', 'Host: 0x\r\n', 'Host: .\r\n'],
];

const oddHeaders = [
  ...[
    'Cookie: drop-session=%; drop-locale=%',
    'Cookie: drop-session=%E0%A4%A',
    'Cookie: \xff=\xff',
    'Cookie: ;;==;',
  ],
  ...[
    'Authorization: Bearer',
    'Authorization: Bearer %00',
    'Authorization: \xff',
    'Origin: \xff',
    'Traceparent: x',
  ],
  ...['Accept-Language: \xff;q=\xff,*', 'Accept: text/html\xff', 'User-Agent: \xff', 'Idempotency-Key: \xff'],
  ...[`X-Request-Id: ${'x'.repeat(5_000)}`, 'X-Forwarded-For: \xff', 'Sec-Fetch-Site: \xff'],
  `X-Large: ${'x'.repeat(20_000)}`,
].map((header) => `${header}\r\n`);

const bodies = [
  ...[
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '1',
    '{"a":1e999}',
    '{"__proto__":{"x":1}}',
    '\xff\xfe',
    '['.repeat(30_000),
  ],
  ...['{"accountId":null}', '{"accountId":{}}', '{"amount":{"amount":1e308,"currency":"NOK"}}'],
  ...['{"bankId":["a"]}', String.raw`{"bankId":"\ud800"}`],
];
const posts = [
  ...[
    '/api/payments',
    '/api/bank-connections',
    '/api/auth/bankid/mobile',
    '/api/auth/bankid/mobile/callback',
  ],
  ...['/api/kyc/webhook', '/api/openbanking/webhook', '/api/accounts/x/refresh', '/api/accounts/%/refresh'],
];
const types = ['application/json', 'application/json; charset=\xff', 'multipart/form-data; boundary=x', ''];

const pages = [
  '/',
  '/api/me',
  '/api/auth/bankid',
  '/x%00',
  '/api/payments/x',
  ...callbacks.map((path) => `${path}?state=x`),
];

const kinds: [string, Odd[]][] = [
  ['target', targets.flatMap((target) => methods.map((method) => ({ line: `${method} ${target}` })))],
  ['Host', hosts.flatMap((host) => pages.map((page) => ({ line: `GET ${page}`, host })))],
  [
    'Host of a webhook',
    hosts.map((host) => ({ line: 'POST /api/openbanking/webhook/unknown', host, body: '{}' })),
  ],
  ['header', oddHeaders.flatMap((headers) => pages.map((page) => ({ line: `GET ${page}`, headers })))],
  [
    'body',
    posts.flatMap((post) =>
      bodies.flatMap((body) =>
        types.map((type) => {
          const headers = `Content-Type: ${type}\r\nIdempotency-Key: 12345678\r\n`;
          return { line: `POST ${post}`, headers, body };
        }),
      ),
    ),
  ],
];

test.each(kinds)(
  'an odd %s is answered, and not as an error of Drop, to a stranger and a customer',
  async (_, odd) => {
    const { send, cookie, counted } = await stand();
    for (const each of odd) {
      for (const session of ['', cookie]) {
        const answer = await send(requestOf({ ...each, headers: `${session}${each.headers ?? ''}` }));
        const shown = {
          ...each,
          body: each.body?.slice(0, 50),
          status: answer.slice(9, 12),
          counted: counted(),
        };
        expect(shown).toEqual({ ...shown, status: expect.stringMatching(/^[234]/) as unknown, counted: 0 });
      }
    }
  },
  60_000,
);

test.each(['999.1.1.1', 'a b', '[', 'localhost:abc', 'localhost\r\nHost: evil.example'])(
  'the Host %s is answered with 400 and a problem',
  async (host) => {
    const { send } = await stand();
    const answer = await send(requestOf({ line: 'GET /api/me', host: `Host: ${host}\r\n` }));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('"code":"invalid_request"');
  },
);
