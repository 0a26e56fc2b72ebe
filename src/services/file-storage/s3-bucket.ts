import type { Clock } from '#domain/clock.ts';
import type { Secret } from '#domain/secret.ts';
import type { Outbound } from '#outbound/outbound.ts';
import { createAwsRequestHandler, type AwsCall, type AwsRequest } from '#services/aws-request-handler.ts';
import type { Bucket } from './bucket.ts';
import { errorOf, isAbsent, isThere, notOfS3 } from './errors.ts';
import { listAllPages, type ListedPage } from './object-list.ts';
import { addressSeconds, type FileAddress } from './service.ts';

export interface S3BucketOptions {
  /** The guard's name. */
  provider: string;
  bucket: string;
  region: string;
  /** Where the bucket is reached by its path; S3's own address for the bucket without it. */
  endpoint: string | undefined;
  /** Those that AWS gives the machine, without them. */
  credentials: { accessKeyId: string; secretAccessKey: Secret } | undefined;
}

export interface S3BucketDependencies {
  clock: Clock;
  /** Its origin must be `originOf` the bucket. */
  outbound: Outbound;
}

const writeTimeoutMs = 30_000;
/** They open the breaker of a bucket. Source: the owner's document, for uploads. */
export const failuresBeforeOpening = 10;

/** The only origin that is called for a bucket. */
export function originOf({ bucket, region, endpoint }: S3BucketOptions): string {
  return new URL(endpoint ?? `https://${bucket}.s3.${region}.amazonaws.com`).origin;
}

/** A bucket of S3, or of what speaks the same. The SDK is loaded with the first call. */
export function createS3Bucket(options: S3BucketOptions, dependencies: S3BucketDependencies): Bucket {
  const { bucket, provider } = options;
  let loaded: ReturnType<typeof loadSdk> | undefined;
  const sdk = (): ReturnType<typeof loadSdk> => (loaded ??= loadSdk(options, dependencies));
  const failed = (error: unknown, operation: string): Error => errorOf(error, { provider, operation });
  const stranger = (operation: string, reason: string): Error => notOfS3({ provider, operation }, reason);

  return {
    name: `${provider}: ${bucket}`,
    async put({ key, type, bytes }) {
      const { s3, client } = await sdk();
      const object = {
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: type,
        ContentLength: bytes.byteLength,
      };
      try {
        const { ETag } = await client.send(new s3.PutObjectCommand({ ...object, IfNoneMatch: '*' }));
        if (ETag === undefined) throw stranger('s3.put_object', untagged);
        return 'written';
      } catch (error) {
        if (isThere(error)) return 'exists';
        throw failed(error, 's3.put_object');
      }
    },
    async read(key) {
      const { s3, client } = await sdk();
      try {
        const { Body, ETag } = await client.send(new s3.GetObjectCommand({ Bucket: bucket, Key: key }));
        if (ETag === undefined) throw stranger('s3.get_object', untagged);
        return await Body?.transformToByteArray();
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw failed(error, 's3.get_object');
      }
    },
    async list(prefix, countMax) {
      const { s3, client } = await sdk();
      const askPage = async (token: string | undefined, pageMax: number): Promise<ListedPage> => {
        const asked = { Bucket: bucket, Prefix: prefix, MaxKeys: pageMax, ContinuationToken: token };
        return client
          .send(new s3.ListObjectsV2Command(asked))
          .catch((error: unknown) => Promise.reject(failed(error, 's3.list_objects')));
      };
      const unreadable = (reason: string): Error => stranger('s3.list_objects', reason);
      return listAllPages({ askPage, prefix, countMax, unreadable });
    },
    async remove(key) {
      const { s3, client } = await sdk();
      const { $metadata } = await client
        .send(new s3.DeleteObjectCommand({ Bucket: bucket, Key: key }))
        .catch((error: unknown) => Promise.reject(failed(error, 's3.delete_object')));
      if ($metadata.httpStatusCode !== 204) throw stranger('s3.delete_object', 'does not confirm it');
    },
    ...addressesIn(bucket, { sdk, clock: dependencies.clock }),
  };
}

type Sdk = Awaited<ReturnType<typeof loadSdk>>;

/** The part that makes addresses, for which no bucket is asked. */
function addressesIn(
  bucket: string,
  { sdk, clock }: { sdk: () => Promise<Sdk>; clock: Clock },
): Pick<Bucket, 'uploadAddress' | 'downloadAddress'> {
  return {
    async uploadAddress(key, { type, bytes }) {
      const { s3, client, presigner } = await sdk();
      const signing = signingAt(clock.now());
      const put = new s3.PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentType: type,
        ContentLength: bytes,
      });
      return expiring(presigner.getSignedUrl(client, put, signing), signing);
    },
    async downloadAddress(key, fileName) {
      const { s3, client, presigner } = await sdk();
      const signing = signingAt(clock.now());
      const ResponseContentDisposition = `attachment; filename="${fileName}"`;
      const get = new s3.GetObjectCommand({ Bucket: bucket, Key: key, ResponseContentDisposition });
      return expiring(presigner.getSignedUrl(client, get, signing), signing);
    },
  };
}

/** S3 names the tag of each object that it takes or gives; a page of something in front of it names none. */
const untagged = 'names no tag of the object';

/** The SDK signs the length of an upload by itself, and its type only where that is said. */
function signingAt(signingDate: Date) {
  const signableHeaders = new Set(['content-type']);
  return { expiresIn: addressSeconds, signingDate, signableHeaders };
}

async function expiring(url: Promise<string>, { signingDate }: { signingDate: Date }): Promise<FileAddress> {
  return { url: await url, expiresAt: new Date(signingDate.getTime() + addressSeconds * 1000) };
}

async function loadSdk(options: S3BucketOptions, { outbound }: S3BucketDependencies) {
  const [s3, presigner] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/s3-request-presigner'),
  ]);
  const { region, endpoint, credentials } = options;
  const client = new s3.S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    ...(credentials && {
      credentials: { ...credentials, secretAccessKey: credentials.secretAccessKey.reveal() },
    }),
    requestHandler: createAwsRequestHandler(outbound, callOf),
    // The guard repeats. With the SDK's own checksums, an address would hold the one of an empty body.
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { s3, presigner, client };
}

/** Each call may arrive twice: objects are written once under a new key, and deleting is the same twice. */
function callOf({ method, query }: AwsRequest): AwsCall {
  if (method === 'PUT') return { operation: 's3.put_object', repeatable: true, timeoutMs: writeTimeoutMs };
  if (method === 'DELETE') return { operation: 's3.delete_object', repeatable: true };
  const isList = query?.['list-type'] !== undefined;
  return { operation: isList ? 's3.list_objects' : 's3.get_object', repeatable: true };
}
