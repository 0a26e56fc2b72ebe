import type { IncomingMessage } from 'node:http';
import { DropError } from '#domain/errors.ts';

/**
 * The bytes of a request's body, of which no more than `bytesMax` are ever held; what is too large is refused as soon
 * as that is known, and the rest of it is let go unread.
 *
 * Rejects with a {@link DropError} `payload_too_large`; `webhook_malformed` where the sender goes before the end.
 */
export function readRawBody(incoming: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const whole = Promise.withResolvers<Buffer>();
  if (Number(incoming.headers['content-length'] ?? 0) > bytesMax)
    return Promise.reject(new DropError('payload_too_large'));
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= bytesMax) {
      chunks.push(chunk);
      return;
    }
    incoming.off('data', take);
    whole.reject(new DropError('payload_too_large'));
  };
  incoming.on('data', take);
  incoming.on('error', (cause) => {
    whole.reject(new DropError('webhook_malformed', { message: 'the sender went before the end', cause }));
  });
  incoming.on('end', () =>
    whole.resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
  );
  return whole.promise;
}
