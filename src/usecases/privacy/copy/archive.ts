import { Zip, ZipDeflate } from 'fflate';
import { turnOver, type Clock } from '#domain/clock.ts';

/** A file of an archive. */
export interface ArchivedFile {
  name: string;
  /** Its content in parts, each of which takes some milliseconds to make and to compress. */
  parts: Iterable<Uint8Array>;
}

const empty = new Uint8Array();

/** A ZIP archive of the files. After each part of one the process looks after its other work. */
export async function archive(
  files: AsyncIterable<ArchivedFile> | Iterable<ArchivedFile>,
  clock: Clock,
): Promise<Uint8Array> {
  const madeAt = clock.now();
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for await (const { name, parts } of files) {
    const file = new ZipDeflate(name);
    file.mtime = madeAt;
    zip.add(file);
    for (const part of parts) {
      file.push(part);
      await turnOver(clock);
    }
    file.push(empty, true);
  }
  zip.end();
  return Buffer.concat(chunks);
}
