import { Secret } from '#domain/secret.ts';
import type { Mock, MockDependencies } from '#services/definition.ts';
import { createAddressSigner } from './address-signer.ts';
import { memoryBlobs } from './blobs.ts';
import { createLocalBucket } from './local-bucket.ts';
import type { FileStorage } from './service.ts';
import { createFileStorage } from './client.ts';

/** The local storage in memory: what it keeps is lost with the process. */
export function createFileStorageMock({ clock, entropy, baseUrl }: MockDependencies): Mock<FileStorage> {
  const blobs = memoryBlobs(clock);
  const key = new Secret<Uint8Array>(Buffer.from(entropy.token(), 'base64url'));
  const bucket = createLocalBucket('memory', blobs, createAddressSigner({ key, baseUrl, clock }));
  const storage = createFileStorage([bucket], { clock, entropy, log: () => undefined });
  return { ...storage, reset: () => blobs.clear() };
}
