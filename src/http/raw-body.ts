import type { IncomingMessage } from 'node:http';
import { DropError } from '#domain/errors.ts';

/**
 * Reads the bytes of a request's body, and never holds more than `bytesMax`. A body that is too large is refused as
 * soon as that is known, and the rest of it is not read.
 *
 * Rejects with a {@link DropError} `payload_too_large`, or `webhook_malformed` when the connection ends before the
 * body.
 */
export function readIncomingBody(incoming: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const whole = Promise.withResolvers<Buffer>();
  if (Number(incoming.headers['content-length'] ?? 0) > bytesMax) return Promise.reject(tooLarge());
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= bytesMax) {
      chunks.push(chunk);
      return;
    }
    incoming.off('data', take);
    whole.reject(tooLarge());
  };
  incoming.on('data', take);
  incoming.on('error', (cause) => whole.reject(endedEarly(cause)));
  incoming.on('end', () =>
    whole.resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
  );
  return whole.promise;
}

/** The same for a Web-standard request; `endedEarlyCode` is the code for a connection that ends before the body. */
export async function readRequestBody(
  request: Request,
  bytesMax: number,
  endedEarlyCode: EndedEarlyCode = 'webhook_malformed',
): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge();
  const reader = (request.body as ReadableStream<Uint8Array> | null)?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const chunk = await reader?.read().catch((cause: unknown) => {
      throw endedEarly(cause, endedEarlyCode);
    });
    if (chunk?.value === undefined) return Buffer.concat(chunks, bytes);
    bytes += chunk.value.byteLength;
    if (bytes > bytesMax) {
      reader?.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(chunk.value);
  }
}

function tooLarge(): DropError {
  return new DropError('payload_too_large');
}

type EndedEarlyCode = 'webhook_malformed' | 'invalid_request';

function endedEarly(cause: unknown, code: EndedEarlyCode = 'webhook_malformed'): DropError {
  return new DropError(code, { message: 'the connection ended before the body', cause });
}
