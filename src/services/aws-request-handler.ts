import { Readable } from 'node:stream';
import { assert } from '#domain/errors.ts';
import type { Outbound, OutboundCall } from '#outbound/outbound.ts';

/** A request as the SDK has signed it. */
export interface AwsRequest {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Readonly<Record<string, string | string[] | null | undefined>>;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
}

/** What of a call depends on the operation. */
export type AwsCall = Pick<
  OutboundCall,
  'operation' | 'repeatable' | 'timeoutMs' | 'responseBytesMax' | 'outlivesItsCause'
>;

interface AwsAnswer {
  response: { statusCode: number; headers: Record<string, string>; body: Readable };
}

/** What the SDK calls in place of its own HTTP client. */
export interface AwsRequestHandler {
  handle(request: AwsRequest): Promise<AwsAnswer>;
  destroy(): void;
  readonly metadata: { handlerProtocol: string };
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;

/**
 * Sends the calls of an AWS client through the guard, so that they have its deadline, breaker, limits and record. The
 * guard repeats, so the client must not: `maxAttempts` is 1. A call without an answer rejects with the guard's error.
 */
export function createAwsRequestHandler(
  outbound: Outbound,
  callOf: (request: AwsRequest) => AwsCall,
): AwsRequestHandler {
  return {
    async handle(request) {
      const { status, headers, body } = await outbound.send({
        ...callOf(request),
        method: methodOf(request),
        url: urlOf(request),
        headers: withoutConnectionHeaders(request.headers),
        ...bodyOf(request),
      });
      const response = {
        statusCode: status,
        headers: Object.fromEntries(headers),
        body: Readable.from(body.byteLength > 0 ? [body] : []),
      };
      return { response };
    },
    destroy: () => undefined,
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}

function methodOf({ method }: AwsRequest): OutboundCall['method'] {
  const found = methods.find((each) => each === method);
  assert(found, `Drop sends no ${method} to AWS`);
  return found;
}

function urlOf({ protocol, hostname, port, path, query = {} }: AwsRequest): string {
  const search = Object.entries(query)
    .flatMap(([name, value]) => [value ?? ''].flat().map((each) => `${encoded(name)}=${encoded(each)}`))
    .join('&');
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  return `${protocol}//${host}${path}${search === '' ? '' : `?${search}`}`;
}

/** As the signature counts it: all but the unreserved characters of RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The connection's own headers are its HTTP client's to write. */
function withoutConnectionHeaders(headers: AwsRequest['headers']): Record<string, string> {
  const own = new Set(['host', 'content-length', 'expect']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name.toLowerCase())));
}

function bodyOf({ body }: AwsRequest): Pick<OutboundCall, 'body'> {
  if (body === undefined || body === null) return {};
  assert(typeof body === 'string' || body instanceof Uint8Array, 'Drop sends no streams to AWS');
  return { body };
}
