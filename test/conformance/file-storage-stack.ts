import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenAPIHono } from '@hono/zod-openapi';
import { Agent } from 'undici';
import { onTestFinished } from 'vitest';
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { isDropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { Faults } from '#emulation/faults.ts';
import type { HttpEnvironment } from '#http/environment.ts';
import type { GuardedOutbound } from '#outbound/outbound.ts';
import { createOutbound } from '#services/guarded-call.ts';
import type { OutboundAttempt } from '#outbound/attempt.ts';
import type { Bucket } from '#services/file-storage/bucket.ts';
import { serveFiles } from '#http/routes/files.ts';
import { createAddressSigner } from '#services/file-storage/address-signer.ts';
import { diskBlobs } from '#services/file-storage/blobs.ts';
import { createLocalBucket } from '#services/file-storage/local-bucket.ts';
import { createFileStorageMock } from '#services/file-storage/mock.ts';
import type { FileStorage } from '#services/file-storage/service.ts';
import { createFileStorage } from '#services/file-storage/client.ts';
import { createS3Bucket, originOf } from '#services/file-storage/s3-bucket.ts';
import { createFileStorageEmulator } from '#services/file-storage/emulator/emulator.ts';
import { listenOnLoopback } from '../support/loopback.ts';

/** A storage, and the time by which its addresses expire. */
export interface FileStorageStack {
  files: FileStorage;
  clock: ManualClock;
}

/** A directory of this machine, whose addresses Drop's routes serve. */
export async function startLocalStorage(): Promise<FileStorageStack> {
  const clock = new ManualClock();
  const directory = await mkdtemp(join(tmpdir(), 'drop-files-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return servedBy(clock, (baseUrl) => {
    const signer = createAddressSigner({
      key: new Secret<Uint8Array>(Buffer.from('k'.repeat(32))),
      baseUrl,
      clock,
    });
    const bucket = createLocalBucket('directory', diskBlobs(directory), signer);
    return createFileStorage([bucket], { clock, entropy: systemEntropy, log: () => undefined });
  });
}

export async function startMockStorage(): Promise<FileStorageStack> {
  const clock = new ManualClock();
  return servedBy(clock, (baseUrl) =>
    createFileStorageMock({ clock, entropy: systemEntropy, seed: 1, baseUrl }),
  );
}

async function servedBy(
  clock: ManualClock,
  create: (baseUrl: string) => FileStorage,
): Promise<FileStorageStack> {
  const server = await listenOnLoopback(0);
  onTestFinished(() => server.close());
  const files = create(server.origin);
  const app = new OpenAPIHono<HttpEnvironment>();
  if (files.served) {
    serveFiles(app, files.served, (c, error) =>
      isDropError(error) ? Response.json({ code: error.code }, { status: error.status }) : c.body(null, 500),
    );
  }
  server.handle((request, bindings) => app.fetch(request, bindings));
  return { files, clock };
}

/** A bucket on an emulator of its own. */
export interface S3Stack {
  bucket: Bucket;
  faults: Faults;
  outbound: GuardedOutbound;
  attempts: OutboundAttempt[];
  clock: ManualClock;
  /** The keys that the emulator holds. */
  keys(): string[];
  /** The variables by which a process uses the bucket. */
  environment: Record<string, string>;
}

const account = { accessKeyId: 'demo-AKIA', secretAccessKey: 'demo-secret', region: 'eu-north-1' };

export interface S3StackOptions {
  clock?: ManualClock;
  provider?: string;
  /** What the client has instead of the emulator's. */
  client?: Partial<{ accessKeyId: string; secretAccessKey: string; region: string; bucket: string }>;
  pageMax?: number;
}

/** The time of the emulator begins now, since the SDK signs by the system's clock; addresses are signed by ours. */
export async function startS3(options: S3StackOptions = {}): Promise<S3Stack> {
  const {
    clock = new ManualClock(systemClock.now()),
    provider = 's3',
    client = {},
    pageMax = 1_000,
  } = options;
  const server = await listenOnLoopback(0);
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.close();
    await server.close();
  });
  const faults = new Faults(clock, () => 0);
  const context = { clock, origin: server.origin, faults, random: () => 0, deliver: async () => undefined };
  const emulator = createFileStorageEmulator(context, { bucket: 'demo-files', account, pageMax });
  server.handle((request, bindings) => emulator.routes.fetch(request, bindings));
  const { secretAccessKey, accessKeyId, region, bucket } = { ...account, bucket: 'demo-files', ...client };
  const credentials = { accessKeyId, secretAccessKey: new Secret(secretAccessKey) };
  const given = { provider, bucket, region, endpoint: server.origin, credentials };
  const attempts: OutboundAttempt[] = [];
  const outbound = createOutbound({
    provider,
    origins: [originOf(given)],
    clock: systemClock,
    dispatcher,
    random: () => 0,
    failuresBeforeOpening: 10,
    onAttempt: (attempt) => attempts.push(attempt),
  });
  const objects = (): { key: string }[] => (emulator.state() as { objects: { key: string }[] }).objects;
  return {
    bucket: createS3Bucket(given, { clock, outbound }),
    faults,
    outbound,
    attempts,
    clock,
    keys: () => objects().map(({ key }) => key),
    environment: {
      S3_UPLOADS_BUCKET: bucket,
      S3_REGION: region,
      S3_ENDPOINT: server.origin,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey,
    },
  };
}

export async function startS3Storage(): Promise<FileStorageStack> {
  const { bucket, clock } = await startS3();
  return {
    files: createFileStorage([bucket], { clock, entropy: systemEntropy, log: () => undefined }),
    clock,
  };
}
