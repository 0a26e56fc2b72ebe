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

/** Faults of one class end alike: what is known of the request is the same. */
export type FaultClass =
  /** The request did not go out. */
  | 'unreachable'
  | 'untrusted'
  /** It may have arrived, and no whole answer came. */
  | 'cut'
  | 'silent'
  | 'oversized'
  /** A successful answer that cannot be one. */
  | 'notJson'
  | 'wrongJson'
  /** An answer that says no. */
  | 'redirected'
  | 'refused'
  | 'credentials'
  | 'conflict'
  | 'rateLimited'
  | 'failing';

/** A fault with its class; `absorbed` is none at all, but an answer that says more than the documentation. */
export interface Applicable {
  kind: FaultClass | 'absorbed';
  /** Whether a call that the provider may see twice is tried again. */
  passes: boolean;
}

export type Fault = Applicable &
  (
    | { from: 'no server' }
    | { from: 'no name' }
    | { from: 'certificate'; file: 'self-signed' | 'elsewhere' }
    | { from: 'server'; act: (payload: Payload) => Act | undefined; hangs?: boolean }
  );

const errorBody = '{"code":0,"message":"canary"}';
const hundredMegabytes = 100 * 1_048_576;
const bomb = gzipSync(Buffer.alloc(50 * 1_048_576));

function status(code: number, kind: FaultClass, headers: Record<string, string> = {}): Fault {
  const passes = code === 502 || code === 503 || (code === 429 && 'retry-after' in headers);
  return server(kind, () => (socket) => socket.write(answerBytes(code, errorBody, headers)), { passes });
}

function body(kind: Fault['kind'], text: (payload: Payload) => string | undefined): Fault {
  return server(kind, (payload) => {
    const written = text(payload);
    if (written === undefined) return undefined;
    const { type, status: code = 200 } = payload;
    return (socket) => socket.write(answerBytes(code, written, { 'content-type': type }));
  });
}

/** Only for what answers in JSON. */
function jsonBody(text: (good: string) => string): Fault {
  return body('wrongJson', ({ type, good }) => (type === 'application/json' ? text(good) : undefined));
}

function server(
  kind: Fault['kind'],
  act: (payload: Payload) => Act | undefined,
  { passes = kind === 'cut', hangs = false }: { passes?: boolean; hangs?: boolean } = {},
): Fault {
  return { from: 'server', kind, act, passes, hangs };
}

const unreachable = { kind: 'unreachable', passes: true } as const;
const untrusted = { kind: 'untrusted', passes: false } as const;
const hangs = { hangs: true };

/** Every way in which a provider can fail to answer properly, by the name it has in the document. */
export const faults = {
  'connection refused': { ...unreachable, from: 'no server' },
  'name not found': { ...unreachable, from: 'no name' },
  'certificate that nobody vouches for': { ...untrusted, from: 'certificate', file: 'self-signed' },
  'certificate of another host': { ...untrusted, from: 'certificate', file: 'elsewhere' },
  'reset before the headers': server('cut', () => (socket) => socket.resetAndDestroy()),
  'reset after the headers': server('cut', () => cut(answerBytes(200, '', { 'content-length': '1000' }))),
  'reset in the middle of the body': server('cut', ({ good }) =>
    cut(answerBytes(200, good, { 'content-length': `${Buffer.byteLength(good) + 1}` })),
  ),
  'no answer': server('silent', () => () => undefined, hangs),
  'slow headers': server('silent', () => (socket) => drip(socket, 'HTTP/1.1 200 OK\r\nx-slow: ', 'x'), hangs),
  'slow body': server(
    'silent',
    () => (socket) => drip(socket, answerBytes(200, '', { 'content-length': '1000' }), ' '),
    hangs,
  ),
  'body without end': server('oversized', () => (socket) => {
    socket.write(answerBytes(200, '', { 'content-length': undefined, 'transfer-encoding': 'chunked' }));
    pour(socket, Buffer.from(`10000\r\n${' '.repeat(65_536)}\r\n`));
  }),
  'body of 100 MB': server('oversized', () => (socket) => {
    socket.write(answerBytes(200, '', { 'content-length': `${hundredMegabytes}` }));
    pour(socket, Buffer.alloc(65_536, ' '));
  }),
  'gzip bomb': server(
    'oversized',
    () => (socket) => socket.write(answerBytes(200, bomb, { 'content-encoding': 'gzip' })),
  ),
  '200 with HTML': server(
    'notJson',
    () => (socket) =>
      socket.write(answerBytes(200, '<html>Maintenance</html>', { 'content-type': 'text/html' })),
  ),
  '200 with an error inside': body('wrongJson', ({ errorInside }) => errorInside),
  'status 204': server(
    'notJson',
    () => (socket) =>
      socket.write(answerBytes(204, '', { 'content-type': undefined, 'content-length': undefined })),
  ),
  '301 to itself': status(301, 'redirected', { location: '/' }),
  'status 400': status(400, 'refused'),
  'status 401': status(401, 'credentials'),
  'status 403': status(403, 'credentials'),
  'status 404': status(404, 'refused'),
  'status 409': status(409, 'conflict'),
  'status 422': status(422, 'refused'),
  'status 429': status(429, 'rateLimited'),
  'status 429, Retry-After in seconds': status(429, 'rateLimited', { 'retry-after': '2' }),
  'status 429, Retry-After as a date': status(429, 'rateLimited', {
    'retry-after': 'Mon, 23 Feb 2026 14:30:02 GMT',
  }),
  'status 500': status(500, 'failing'),
  'status 502': status(502, 'failing'),
  'status 503': status(503, 'failing'),
  'malformed JSON': jsonBody(() => '{"code" 1}'),
  'truncated JSON': jsonBody((good) => good.slice(0, -1)),
  'JSON of another form': jsonBody(() => '{"surprise":true}'),
  'member named twice': jsonBody(withDoubledMember),
  'word that is not known': body('absorbed', ({ unknownWord }) => unknownWord),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

/** `good` and, in its first object, a member that is named twice; an array without objects gets one. */
export function withDoubledMember(good: string): string {
  const doubled = '"twice":1,"twice":2';
  if (!good.includes('{')) return good.replace(/^\[/, `[{${doubled}}${/^\[\s*\]/.test(good) ? '' : ','}`);
  return good.replace(/\{(\s*\})?/, (_found, end?: string) => (end ? `{${doubled}}` : `{${doubled},`));
}

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
  // After an error, a socket ends each write that waits before it says that it is destroyed.
  const next = (error?: Error | null): void => {
    if (!error && !socket.destroyed) socket.write(bytes, next);
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
