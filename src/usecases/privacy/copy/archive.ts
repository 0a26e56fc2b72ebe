import { Zip, ZipDeflate } from 'fflate';
import { turnOver, type Clock } from '#domain/clock.ts';
import type { ArchivedFile } from './receipts.ts';

/** A ZIP archive of the files. Between two of them the process looks after its other work. */
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
  for await (const { name, bytes } of files) {
    const file = new ZipDeflate(name);
    file.mtime = madeAt;
    zip.add(file);
    file.push(bytes, true);
    await turnOver(clock);
  }
  zip.end();
  return Buffer.concat(chunks);
}
