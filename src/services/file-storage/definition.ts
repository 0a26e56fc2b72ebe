import type { z } from 'zod';
import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import type { ClientDependencies, ServiceDefinition } from '#services/definition.ts';
import { createAddressSigner } from './address-signer.ts';
import { diskBlobs } from './blobs.ts';
import { bucketCheck } from './checks.ts';
import type { Bucket } from './bucket.ts';
import { createFileStorage } from './client.ts';
import { createLocalBucket } from './local-bucket.ts';
import { fileStorageFaults } from './rules.ts';
import { createS3Bucket, failuresBeforeOpening, originOf, type S3BucketOptions } from './s3-bucket.ts';
import type { FileStorage } from './service.ts';
import { integration } from './integration.ts';
import { variables } from './variables.ts';

type Values = z.output<typeof variables>;

const guards = { first: 's3', backup: 's3-backup' } as const;

/** Files of customers and records of Drop's own, outside the database. */
export const fileStorage: ServiceDefinition<typeof variables, FileStorage> = {
  id: 'file-storage',
  displayName: 'File storage',
  variables,
  integration,
  rules: fileStorageFaults,
  guards: Object.values(guards),
  createClient(values, { baseUrl, ...dependencies }) {
    const [first, backup] = bucketsOf(values);
    if (!first) return createFileStorage([localBucket(values, { ...dependencies, baseUrl })], dependencies);
    const others = backup ? [s3Bucket(backup, dependencies)] : [];
    return createFileStorage([s3Bucket(first, dependencies), ...others], dependencies);
  },
  checks: (values, dependencies) =>
    bucketsOf(values).map((options) => bucketCheck(options.provider, s3Bucket(options, dependencies))),
  async createMock(_values, dependencies) {
    const { createFileStorageMock } = await import('./mock.ts');
    return createFileStorageMock(dependencies);
  },
  async createEmulator(context) {
    const { startFileStorageEmulator } = await import('./emulator/start.ts');
    return startFileStorageEmulator(context);
  },
};

function bucketsOf(values: Values): S3BucketOptions[] {
  const { S3_UPLOADS_BUCKET, S3_BACKUP_BUCKET } = values;
  const given = [
    {
      provider: guards.first,
      bucket: S3_UPLOADS_BUCKET,
      region: values.S3_REGION,
      endpoint: values.S3_ENDPOINT,
      credentials: credentials(values.S3_ACCESS_KEY_ID, values.S3_SECRET_ACCESS_KEY),
    },
    {
      provider: guards.backup,
      bucket: S3_BACKUP_BUCKET,
      region: values.S3_BACKUP_REGION,
      endpoint: values.S3_BACKUP_ENDPOINT,
      credentials: credentials(values.S3_BACKUP_ACCESS_KEY_ID, values.S3_BACKUP_SECRET_ACCESS_KEY),
    },
  ];
  return given.flatMap(({ bucket, ...options }) => (bucket === undefined ? [] : [{ ...options, bucket }]));
}

function credentials(
  accessKeyId: string | undefined,
  secretAccessKey: Secret | undefined,
): S3BucketOptions['credentials'] {
  return accessKeyId !== undefined && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
}

function s3Bucket(
  options: S3BucketOptions,
  { clock, createOutbound }: Pick<ClientDependencies, 'clock' | 'createOutbound'>,
): Bucket {
  const { provider } = options;
  const outbound = createOutbound({ provider, origins: [originOf(options)], failuresBeforeOpening });
  return createS3Bucket(options, { clock, outbound });
}

function localBucket(
  { FILES_DIR, FILES_SIGNING_KEY }: Values,
  { baseUrl, clock, entropy }: { baseUrl: string; clock: Clock; entropy: Entropy },
): Bucket {
  const bytes = FILES_SIGNING_KEY
    ? Buffer.from(FILES_SIGNING_KEY.reveal())
    : Buffer.from(entropy.token(), 'base64url');
  const signer = createAddressSigner({ key: new Secret<Uint8Array>(bytes), baseUrl, clock });
  return createLocalBucket(FILES_DIR, diskBlobs(FILES_DIR), signer);
}
