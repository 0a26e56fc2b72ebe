import type { Context } from 'hono';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { s3Error } from './errors.ts';
import { etagOf, keyOfToken, listXml, type S3Object } from './objects.ts';

const objectBytesMax = 67_108_864;

export type S3Context = Context<EmulatorEnvironment>;

type Operation = (c: S3Context, body: Uint8Array) => Response;

/** What S3 does with a signed request on a bucket. */
export function operationsOn(
  objects: Map<string, S3Object>,
  { bucket, clock, pageMax }: { bucket: string; clock: Clock; pageMax: number },
): Record<'put' | 'get' | 'list' | 'remove', Operation> {
  const keyOf = (c: S3Context): string => c.req.path.slice(bucket.length + 2);

  function put(c: S3Context, body: Uint8Array): Response {
    if (c.req.header('content-length') === undefined) return s3Error('MissingContentLength');
    if (body.byteLength > objectBytesMax) return s3Error('EntityTooLarge');
    const key = keyOf(c);
    if (c.req.header('if-none-match') === '*' && objects.has(key)) return s3Error('PreconditionFailed');
    const type = c.req.header('content-type') ?? 'binary/octet-stream';
    const object = { bytes: body, type, storedAt: clock.now() };
    objects.set(key, object);
    return c.body(null, 200, { etag: etagOf(object) });
  }

  function get(c: S3Context): Response {
    const object = objects.get(keyOf(c));
    if (!object) return s3Error('NoSuchKey');
    const disposition = c.req.query('response-content-disposition');
    return c.body(new Uint8Array(object.bytes), 200, {
      'content-type': object.type,
      etag: etagOf(object),
      'last-modified': object.storedAt.toUTCString(),
      ...(disposition !== undefined && { 'content-disposition': disposition }),
    });
  }

  function list(c: S3Context): Response {
    if (c.req.query('list-type') !== '2') return s3Error('InvalidArgument');
    const asked = Number(c.req.query('max-keys') ?? pageMax);
    const token = c.req.query('continuation-token');
    const xml = listXml(objects, {
      bucket,
      prefix: c.req.query('prefix') ?? '',
      after: token === undefined ? '' : keyOfToken(token),
      pageMax: Math.min(asked, pageMax),
    });
    return c.body(xml, 200, { 'content-type': 'application/xml' });
  }

  function remove(c: S3Context): Response {
    objects.delete(keyOf(c));
    return c.body(null, 204);
  }

  return { put, get, list, remove };
}
