import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenAPIHono } from '@hono/zod-openapi';
import { onTestFinished } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { isDropError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { HttpEnvironment } from '#http/environment.ts';
import { serveFiles } from '#http/routes/files.ts';
import { createAddressSigner } from '#services/file-storage/address-signer.ts';
import { diskBlobs } from '#services/file-storage/blobs.ts';
import { createLocalBucket } from '#services/file-storage/local-bucket.ts';
import { createFileStorageMock } from '#services/file-storage/mock.ts';
import type { FileStorage } from '#services/file-storage/service.ts';
import { createFileStorage } from '#services/file-storage/client.ts';
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
