import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { systemClock } from '#domain/clock.ts';
import { answerBytes, type Act } from './raw-server.ts';

/** What an operation is answered when all is well, and what only it can say wrong. */
export interface Payload {
  type: string;
  /** 200 unless said otherwise. */
  status?: number;
  good: string;
  /** A 200 that holds an error. */
  errorInside: string;
  /** `good` with a word that the documentation does not know; absent where the answer holds no words. */
  unknownWord: string | undefined;
}

export type Fault =
  | { kind: 'no server' }
  | { kind: 'no name' }
  | { kind: 'certificate'; file: 'self-signed' | 'elsewhere' }
  | { kind: 'server'; act: (payload: Payload) => Act | undefined; hangs?: boolean };

const errorBody = '{"code":0,"message":"canary"}';
const hundredMegabytes = 100 * 1_048_576;
const bomb = gzipSync(Buffer.alloc(50 * 1_048_576));

function status(code: number, headers: Record<string, string> = {}): Fault {
  return server(() => (socket) => socket.write(answerBytes(code, errorBody, headers)));
}

function body(text: (payload: Payload) => string | undefined): Fault {
  return server((payload) => {
    const written = text(payload);
    if (written === undefined) return undefined;
    const { type, status: code = 200 } = payload;
    return (socket) => socket.write(answerBytes(code, written, { 'content-type': type }));
  });
}

/** Only for what answers in JSON. */
function jsonBody(text: (good: string) => string): Fault {
  return body(({ type, good }) => (type === 'application/json' ? text(good) : undefined));
}

function server(act: (payload: Payload) => Act | undefined, hangs = false): Fault {
  return { kind: 'server', act, hangs };
}

/** Every way in which a provider can fail to answer properly, by the name it has in the document. */
export const faults = {
  'connection refused': { kind: 'no server' },
  'name not found': { kind: 'no name' },
  'certificate that nobody vouches for': { kind: 'certificate', file: 'self-signed' },
  'certificate of another host': { kind: 'certificate', file: 'elsewhere' },
  'reset before the headers': server(() => (socket) => socket.resetAndDestroy()),
  'reset after the headers': server(() => cut(answerBytes(200, '', { 'content-length': '1000' }))),
  'reset in the middle of the body': server(({ good }) =>
    cut(answerBytes(200, good, { 'content-length': `${Buffer.byteLength(good) + 1}` })),
  ),
  'no answer': server(() => () => undefined, true),
  'slow headers': server(() => (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nx-slow: ', 'x'), true),
  'slow body': server(
    () => (socket) => drip(socket, answerBytes(200, '', { 'content-length': '1000' }), ' '),
    true,
  ),
  'body without end': server(() => (socket) => {
    socket.write(answerBytes(200, '', { 'content-length': undefined, 'transfer-encoding': 'chunked' }));
    pour(socket, Buffer.from(`10000\r\n${' '.repeat(65_536)}\r\n`));
  }),
  'body of 100 MB': server(() => (socket) => {
    socket.write(answerBytes(200, '', { 'content-length': `${hundredMegabytes}` }));
    pour(socket, Buffer.alloc(65_536, ' '));
  }),
  'gzip bomb': server(() => (socket) => socket.write(answerBytes(200, bomb, { 'content-encoding': 'gzip' }))),
  '200 with HTML': server(
    () => (socket) =>
      socket.write(answerBytes(200, '<html>Maintenance</html>', { 'content-type': 'text/html' })),
  ),
  '200 with an error inside': body(({ errorInside }) => errorInside),
  'status 204': server(
    () => (socket) =>
      socket.write(answerBytes(204, '', { 'content-type': undefined, 'content-length': undefined })),
  ),
  '301 to itself': status(301, { location: '/' }),
  'status 400': status(400),
  'status 401': status(401),
  'status 403': status(403),
  'status 404': status(404),
  'status 409': status(409),
  'status 422': status(422),
  'status 429': status(429),
  'status 429, Retry-After in seconds': status(429, { 'retry-after': '2' }),
  'status 429, Retry-After as a date': status(429, { 'retry-after': 'Mon, 23 Feb 2026 14:30:02 GMT' }),
  'status 500': status(500),
  'status 502': status(502),
  'status 503': status(503),
  'malformed JSON': jsonBody(() => '{"code" 1}'),
  'truncated JSON': jsonBody((good) => good.slice(0, -1)),
  'JSON of another form': jsonBody(() => '{"surprise":true}'),
  'member named twice': jsonBody((good) => good.replace(/^\{/, '{"twice":1,"twice":2,')),
  'word that is not known': body(({ unknownWord }) => unknownWord),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

/** Writes and then resets, once the bytes are on their way. */
function cut(bytes: Buffer): Act {
  return (socket) => socket.write(bytes, () => socket.resetAndDestroy());
}

function drip(socket: Socket, start: string | Buffer, drop: string): void {
  socket.write(start);
  const next = (): void => {
    if (socket.destroyed) return;
    socket.write(drop);
    systemClock.schedule(5, next);
  };
  next();
}

function pour(socket: Socket, bytes: Buffer): void {
  const next = (): void => {
    if (!socket.destroyed) socket.write(bytes, next);
  };
  next();
}

/** The authority whose certificates are trusted. */
export const authority = read('authority.pem');

export function certificate(file: string): { cert: string; key: string } {
  return { cert: read(`${file}.pem`), key: read(`${file}.key.pem`) };
}

function read(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
}
