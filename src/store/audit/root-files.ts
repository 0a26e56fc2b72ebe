import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Storage of the roots outside the database. Names are those of files, without a folder. */
export interface RootFiles {
  /** The names of all files. */
  names(): Promise<string[]>;
  /** Undefined where there is no such file. */
  read(name: string): Promise<string | undefined>;
  /** The lines of a file, one after the other; none where there is no such file. */
  lines(name: string): AsyncIterable<string>;
  /**
   * Writes a file whole: a reader finds the old one or the new one, also after a crash or while another process writes
   * the same.
   */
  write(name: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void>;
}

/** Files of a directory on disk, which is made if it is not there. */
export function rootDirectory(directory: string): RootFiles {
  return {
    async names() {
      return readdir(directory).catch(unlessAbsent<string[]>([]));
    },
    async read(name) {
      return readFile(join(directory, name), 'utf8').catch(unlessAbsent(undefined));
    },
    async *lines(name) {
      const isThere = (await readdir(directory).catch(unlessAbsent<string[]>([]))).includes(name);
      if (isThere) yield* createInterface({ input: createReadStream(join(directory, name)) });
    },
    async write(name, lines) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const aside = await mkdtemp(join(directory, '.partial-'));
      try {
        const partial = createWriteStream(join(aside, name), { mode: 0o600, flush: true });
        await pipeline(Readable.from(ended(lines)), partial);
        await rename(join(aside, name), join(directory, name));
      } finally {
        await rm(aside, { recursive: true, force: true });
      }
      const folder = await open(directory);
      await folder.sync().finally(() => folder.close());
    },
  };
}

async function* ended(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

function unlessAbsent<Value>(instead: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };
}
