import { Secret } from '#domain/secret.ts';
import type { ServiceDefinition } from '#services/definition.ts';
import { createAddressSigner } from './address-signer.ts';
import { diskBlobs } from './blobs.ts';
import { createLocalBucket } from './local-bucket.ts';
import type { FileStorage } from './service.ts';
import { createFileStorage } from './client.ts';
import { variables } from './variables.ts';

/** Files of customers and records of Drop's own, outside the database. */
export const fileStorage: ServiceDefinition<typeof variables, FileStorage> = {
  id: 'file-storage',
  displayName: 'File storage',
  variables,
  createClient({ FILES_DIR, FILES_SIGNING_KEY }, { clock, entropy, log, baseUrl }) {
    const key = new Secret<Uint8Array>(
      FILES_SIGNING_KEY ? Buffer.from(FILES_SIGNING_KEY.reveal()) : Buffer.from(entropy.token(), 'base64url'),
    );
    const signer = createAddressSigner({ key, baseUrl, clock });
    const bucket = createLocalBucket(FILES_DIR, diskBlobs(FILES_DIR), signer);
    return createFileStorage([bucket], { clock, entropy, log });
  },
  async createMock(_values, dependencies) {
    const { createFileStorageMock } = await import('./mock.ts');
    return createFileStorageMock(dependencies);
  },
  async createEmulator() {
    const { startFileStorageEmulator } = await import('./emulator/start.ts');
    return startFileStorageEmulator();
  },
};
