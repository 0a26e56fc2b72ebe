import { DropError } from '#domain/errors.ts';

/**
 * The bytes of a request, of which no more than `bytesMax` are ever held. Where the length is given, HTTP holds the
 * sender to it, and the body need not be read as a stream, which would cost more than all else a webhook needs.
 *
 * @throws {DropError} `payload_too_large`.
 */
export async function readRawBody(request: Request, bytesMax: number): Promise<Uint8Array> {
  const length = request.headers.get('content-length');
  if (length === null || request.headers.has('transfer-encoding')) return readStream(request, bytesMax);
  if (Number(length) > bytesMax) throw new DropError('payload_too_large');
  return new Uint8Array(await request.arrayBuffer());
}

async function readStream(request: Request, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const body: ReadableStream<Uint8Array> | null = request.body;
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new DropError('payload_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
