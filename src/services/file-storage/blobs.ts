import { link, mkdir, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '#domain/clock.ts';
import type { StoredFile } from './service.ts';

/** Bytes by key, where Drop keeps files itself. Keys were judged before; none leads out of the place. */
export interface Blobs {
  /** Writes whole or not at all. `false` where that key is there already. */
  create(key: string, bytes: Uint8Array): Promise<boolean>;
  read(key: string): Promise<Uint8Array | undefined>;
  /** In the order of the keys. */
  list(prefix: string): Promise<StoredFile[]>;
  remove(key: string): Promise<void>;
}

/** In memory, for the mock. */
export function memoryBlobs(clock: Clock): Blobs & { clear(): void } {
  const kept = new Map<string, { bytes: Uint8Array; storedAt: Date }>();
  return {
    async create(key, bytes) {
      if (kept.has(key)) return false;
      kept.set(key, { bytes: Uint8Array.from(bytes), storedAt: clock.now() });
      return true;
    },
    read: async (key) => kept.get(key)?.bytes,
    async list(prefix) {
      const found = [...kept].filter(([key]) => key.startsWith(prefix));
      const files = found.map(([key, { bytes, storedAt }]) => ({ key, bytes: bytes.byteLength, storedAt }));
      return files.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    },
    remove: async (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** Files below a directory, which is made with the first of them. Only the user of the process may read them. */
export function diskBlobs(directory: string): Blobs {
  const pathOf = (key: string): string => join(directory, key);
  return {
    async create(key, bytes) {
      await mkdir(dirname(pathOf(key)), { recursive: true, mode: 0o700 });
      const aside = await mkdtemp(join(directory, '.partial-'));
      try {
        await writeDurably(join(aside, 'file'), bytes);
        await link(join(aside, 'file'), pathOf(key));
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return false;
        throw error;
      } finally {
        await rm(aside, { recursive: true, force: true });
      }
    },
    read: async (key) => readFile(pathOf(key)).catch(unlessAbsent(undefined)),
    async list(prefix) {
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      const names = await readdir(join(directory, folder)).catch(unlessAbsent<string[]>([]));
      const keys = names.map((name) => `${folder}${name}`).filter((key) => key.startsWith(prefix));
      const found = await Promise.all(keys.toSorted().map((key) => described(key, pathOf(key))));
      return found.filter((file) => file !== undefined);
    },
    remove: async (key) => rm(pathOf(key), { force: true }),
  };
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Undefined for a file that is deleted meanwhile. */
async function described(key: string, path: string): Promise<StoredFile | undefined> {
  const found = await stat(path).catch(unlessAbsent(undefined));
  return found?.isFile() ? { key, bytes: found.size, storedAt: found.mtime } : undefined;
}

function unlessAbsent<Value>(instead: Value): (error: unknown) => Value {
  return (error) => {
    if (codeOf(error) === 'ENOENT') return instead;
    throw error;
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
