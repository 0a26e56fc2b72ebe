import { DropError } from '#domain/errors.ts';
import type { AddressSigner } from './address-signer.ts';
import type { Blobs } from './blobs.ts';
import type { Bucket } from './bucket.ts';
import { typeOfKey } from './file-key.ts';
import type { ServedFiles } from './service.ts';

/** A bucket whose addresses Drop serves itself. */
export function createLocalBucket(name: string, blobs: Blobs, signer: AddressSigner): Bucket {
  return {
    name,
    put: async ({ key, bytes }) => ((await blobs.create(key, bytes)) ? 'written' : 'exists'),
    read: (key) => blobs.read(key),
    list: async (prefix, countMax) => (await blobs.list(prefix)).slice(0, countMax),
    remove: (key) => blobs.remove(key),
    uploadAddress: async (key, { type, bytes }) => signer.addressOf('PUT', key, { type, bytes: `${bytes}` }),
    downloadAddress: async (key, fileName) => signer.addressOf('GET', key, { name: fileName }),
    served: servedFrom(blobs, signer),
  };
}

function servedFrom(blobs: Blobs, signer: AddressSigner): ServedFiles {
  return {
    async download(address) {
      const { name: fileName = 'file' } = signer.permittedBy('GET', address);
      const bytes = await blobs.read(address.key);
      if (!bytes) throw new DropError('not_found');
      return { bytes, type: typeOfKey(address.key), fileName };
    },
    async upload(address, { bytes, type, read }) {
      const permitted = signer.permittedBy('PUT', address);
      if (type !== permitted['type'] || `${bytes}` !== permitted['bytes'])
        throw new DropError('file_address_invalid');
      const content = await read();
      if (content.byteLength !== bytes) throw new DropError('file_address_invalid');
      // A second use of the address within its time is a repetition: the first file stays.
      await blobs.create(address.key, content);
    },
  };
}
