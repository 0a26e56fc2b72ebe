import type { Clock } from '#domain/clock.ts';
import type { Entropy } from '#domain/entropy.ts';
import { DropError } from '#domain/errors.ts';
import type { Bucket, NewObject } from './bucket.ts';
import { isDown, noneAnswers } from './errors.ts';
import { newKey, prefixOf, savedName, typeOfKey } from './file-key.ts';
import { createRecords } from './records.ts';
import {
  fileBytesMax,
  fileTypes,
  listedFilesMax,
  type FileContent,
  type FileStorage,
  type StoredFile,
} from './service.ts';

interface StorageDependencies {
  clock: Clock;
  entropy: Entropy;
  log(message: string, details: Record<string, unknown>): void;
}

/** Each round deletes up to `listedFilesMax` files. */
const deletionRoundsMax = 100;

/**
 * Files in the first of `buckets` that answers. A new file goes to the next one while a bucket is down; one that is
 * there already is looked for in all of them.
 */
export function createFileStorage(
  buckets: readonly [Bucket, ...Bucket[]],
  { clock, entropy, log }: StorageDependencies,
): FileStorage {
  const [primary] = buckets;

  /** Calls with the first bucket that answers. A failure of the storage passes on to the next; a refusal does not. */
  async function inFirst<Result>(call: (bucket: Bucket) => Promise<Result>): Promise<Result> {
    const failures: DropError[] = [];
    for (const bucket of buckets) {
      try {
        return await call(bucket);
      } catch (error) {
        if (!isDown(error)) throw error;
        failures.push(error);
        log('a storage of files does not answer', { bucket: bucket.name, code: error.code });
      }
    }
    throw noneAnswers(failures);
  }

  /** Writes under the given key; that it is there already can only be a repetition of the same write. */
  const write = (object: NewObject): Promise<'written' | 'exists'> => inFirst((bucket) => bucket.put(object));

  return {
    ...(primary.served && { served: primary.served }),
    async beginUpload(file, bytes) {
      if (!Number.isInteger(bytes) || bytes < 1) throw new DropError('invalid_request');
      if (bytes > fileBytesMax) throw new DropError('payload_too_large');
      const key = newKey(file, clock.now(), entropy);
      const type = fileTypes[file.extension];
      const address = await inFirst(async (bucket) => {
        // Making an address asks nobody, so this is how a bucket that is down is found out.
        if (buckets.length > 1 || !bucket.served) await bucket.list(key, 1);
        return bucket.uploadAddress(key, { type, bytes });
      });
      return { key, ...address, headers: { 'content-type': type } };
    },
    async putFile(file, content) {
      const key = newKey(file, clock.now(), entropy);
      await write({ key, type: fileTypes[file.extension], bytes: await wholeOf(content) });
      return key;
    },
    async downloadAddress(key, fileName) {
      typeOfKey(key);
      const name = savedName(key, fileName);
      const bucket = await holderOf(buckets, key);
      return bucket.downloadAddress(key, name);
    },
    async list(userId) {
      return (await listAll(buckets, prefixOf(userId))).map(({ file }) => file);
    },
    async deleteFilesOf(userId) {
      return deleteBelow(buckets, prefixOf(userId));
    },
    records: createRecords(buckets, write),
  };
}

type Held = { bucket: Bucket; file: StoredFile };

/** What all buckets hold below `prefix`, oldest first. One that is down fails it: it may hold more. */
async function listAll(buckets: readonly Bucket[], prefix: string): Promise<Held[]> {
  const lists = await Promise.all(
    buckets.map(async (bucket) =>
      (await bucket.list(prefix, listedFilesMax)).map((file): Held => ({ bucket, file })),
    ),
  );
  return lists
    .flat()
    .toSorted((a, b) => (a.file.key < b.file.key ? -1 : 1))
    .slice(0, listedFilesMax);
}

async function deleteBelow(buckets: readonly Bucket[], prefix: string): Promise<number> {
  const deleted = new Set<string>();
  for (let round = 0; round < deletionRoundsMax; round += 1) {
    const found = await listAll(buckets, prefix);
    if (found.length === 0) return deleted.size;
    for (const { bucket, file } of found) {
      await bucket.remove(file.key);
      deleted.add(file.key);
    }
  }
  throw new DropError('provider_unavailable', { message: 'files of a user are there although deleted' });
}

/** @throws {DropError} `not_found` when every bucket answers and none has it. */
async function holderOf(buckets: readonly Bucket[], key: string): Promise<Bucket> {
  const failures: DropError[] = [];
  for (const bucket of buckets) {
    try {
      const found = await bucket.list(key, 1);
      if (found.some((file) => file.key === key)) return bucket;
    } catch (error) {
      if (!isDown(error)) throw error;
      failures.push(error);
    }
  }
  throw failures.length > 0 ? noneAnswers(failures) : new DropError('not_found');
}

async function wholeOf(content: FileContent): Promise<Uint8Array> {
  if (content instanceof Uint8Array) {
    if (content.byteLength > fileBytesMax) throw new DropError('payload_too_large');
    return content;
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of content) {
    bytes += part.byteLength;
    if (bytes > fileBytesMax) throw new DropError('payload_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}
