import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files that live in memory, where the system has such a place. */
const inMemory = '/dev/shm';
/** Containers often give it 64 MB, which two database clusters fill. */
const inMemoryBytesMin = 2 * 1024 ** 3;

/**
 * An empty directory that the database's own user can reach, too: in memory where there is room, since clusters and
 * databases are made by the hundred and a disk is the slowest part of it.
 */
export async function newScratchDirectory(prefix: string): Promise<string> {
  const parent = (await hasRoomInMemory()) ? inMemory : tmpdir();
  const directory = await mkdtemp(join(parent, prefix));
  await chmod(directory, 0o755);
  return directory;
}

async function hasRoomInMemory(): Promise<boolean> {
  return statfs(inMemory).then(
    ({ bavail, bsize }) => bavail * bsize >= inMemoryBytesMin,
    () => false,
  );
}
