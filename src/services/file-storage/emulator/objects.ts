import { createHash } from 'node:crypto';

/** An object of a bucket. */
export interface S3Object {
  bytes: Uint8Array;
  type: string;
  storedAt: Date;
}

/** One page of `ListObjectsV2`. */
interface Listing {
  bucket: string;
  prefix: string;
  /** The key after which the page begins. */
  after: string;
  pageMax: number;
}

export function etagOf({ bytes }: S3Object): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

/** The answer of `ListObjectsV2`. Source: docs.aws.amazon.com, Amazon S3 API Reference, "ListObjectsV2". */
export function listXml(objects: ReadonlyMap<string, S3Object>, listing: Listing): string {
  const { bucket, prefix, after, pageMax } = listing;
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
  const page = keys.slice(0, pageMax);
  const isTruncated = keys.length > page.length;
  const contents = page.flatMap((key) => {
    const object = objects.get(key);
    return object ? [contentXml(key, object)] : [];
  });
  const last = page.at(-1);
  const next = isTruncated && last !== undefined ? tag('NextContinuationToken', tokenOf(last)) : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    tag('Name', bucket),
    tag('Prefix', prefix),
    tag('KeyCount', `${page.length}`),
    tag('MaxKeys', `${pageMax}`),
    tag('IsTruncated', `${isTruncated}`),
    ...contents,
    next,
    '</ListBucketResult>',
  ].join('');
}

/** The token of the page after `key`. */
function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

export function keyOfToken(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}

function contentXml(key: string, object: S3Object): string {
  return [
    '<Contents>',
    tag('Key', key),
    tag('LastModified', object.storedAt.toISOString()),
    tag('ETag', etagOf(object)),
    tag('Size', `${object.bytes.byteLength}`),
    tag('StorageClass', 'STANDARD'),
    '</Contents>',
  ].join('');
}

function tag(name: string, text: string): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  return `<${name}>${safe}</${name}>`;
}
