import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive. Its name has ASCII letters only. */
export interface ZippedFile {
  name: string;
  content: Buffer;
}

/** 2.0: deflate. Source: APPNOTE.TXT of PKWARE, 4.4.3 and 4.4.5. */
const version = 20;
const deflated = 8;
const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endRecord = 0x06054b50;

/** A ZIP archive of a few files, in memory: less than 4 GiB, without encryption. `at` is the time of every file. */
export function zip(files: readonly ZippedFile[], at: Date): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const compressed = deflateRawSync(content);
    const fields = { name, at, sum: crc32(content), compressed: compressed.length, size: content.length };
    const local = headerOf(localHeader, fields);
    parts.push(local, compressed);
    central.push(centralOf(fields, offset));
    offset += local.length + compressed.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...parts, directory, endOf(files.length, directory.length, offset)]);
}

interface Fields {
  name: string;
  at: Date;
  sum: number;
  compressed: number;
  size: number;
}

/** The fields that both headers have, from the version needed to the length of the extra field. */
function sharedOf({ name, at, sum, compressed, size }: Fields): Buffer {
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(version, 0);
  shared.writeUInt16LE(deflated, 4);
  shared.writeUInt16LE(dosTime(at), 6);
  shared.writeUInt16LE(dosDate(at), 8);
  shared.writeUInt32LE(sum, 10);
  shared.writeUInt32LE(compressed, 14);
  shared.writeUInt32LE(size, 18);
  shared.writeUInt16LE(name.length, 22);
  return shared;
}

function headerOf(signature: number, fields: Fields): Buffer {
  return Buffer.concat([uint32(signature), sharedOf(fields), Buffer.from(fields.name, 'ascii')]);
}

function centralOf(fields: Fields, offset: number): Buffer {
  const madeBy = Buffer.from([version, 0]);
  // Comment length, disk number, internal and external attributes.
  const attributes = Buffer.alloc(10);
  const name = Buffer.from(fields.name, 'ascii');
  return Buffer.concat([uint32(centralHeader), madeBy, sharedOf(fields), attributes, uint32(offset), name]);
}

function endOf(files: number, directoryBytes: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endRecord, 0);
  end.writeUInt16LE(files, 8);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryOffset, 16);
  return end;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}

function dosTime(at: Date): number {
  return (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
}

/** Years count from 1980. */
function dosDate(at: Date): number {
  return ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
}
