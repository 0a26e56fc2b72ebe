import type { IncomingMessage } from 'node:http';
import { DropError } from '#domain/errors.ts';

/**
 * The bytes of a request's body, of which no more than `bytesMax` are ever held; what is too large is refused as soon
 * as that is known, and the rest of it is let go unread.
 *
 * Rejects with a {@link DropError} `payload_too_large`; `webhook_malformed` where the sender goes before the end.
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
  incoming.on('error', (cause) => whole.reject(cutShort(cause)));
  incoming.on('end', () =>
    whole.resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
  );
  return whole.promise;
}

/** The same of a Web-standard request. */
export async function readRequestBody(request: Request, bytesMax: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge();
  const reader = (request.body as ReadableStream<Uint8Array> | null)?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const chunk = await reader?.read().catch((cause: unknown) => {
      throw cutShort(cause);
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

function cutShort(cause: unknown): DropError {
  return new DropError('webhook_malformed', { message: 'the sender went before the end', cause });
}
