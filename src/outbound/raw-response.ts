import type { Dispatcher } from 'undici';
import { DropError } from '#domain/errors.ts';
import type { RawResponse } from './outbound.ts';

/** Wraps what came: the status line and headers of `response`, and the whole `body`. */
export function rawResponse(
  response: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>,
  body: Uint8Array,
  context: { provider: string; operation: string },
): RawResponse {
  const status = response.statusCode;
  const text = (): string => new TextDecoder().decode(body);
  return {
    status,
    headers: headersOf(response.headers),
    body,
    text,
    json(): unknown {
      try {
        return JSON.parse(text());
      } catch (cause) {
        const message = `${context.operation}: the answer is not JSON`;
        const details = { message, cause, outcome: 'unknown', httpStatus: status, ...context } as const;
        throw new DropError('provider_invalid_response', details);
      }
    },
  };
}

function headersOf(headers: Dispatcher.ResponseData['headers']): Headers {
  return new Headers(
    Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(', ')]),
  );
}
