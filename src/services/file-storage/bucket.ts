import type { FileAddress, ServedFiles, StoredFile } from './service.ts';

/** An object that is to be written. */
export interface NewObject {
  key: string;
  type: string;
  bytes: Uint8Array;
}

/** One place of objects: a bucket of S3, a directory, or memory. Fails as `FileStorage` does. */
export interface Bucket {
  /** Shown to operators. */
  readonly name: string;
  /** Writes an object. `exists`: one of that key is there already, and is unchanged. */
  put(object: NewObject): Promise<'written' | 'exists'>;
  /** Undefined where there is no such object. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** The objects whose keys begin with `prefix`, by key; at most `countMax`. */
  list(prefix: string, countMax: number): Promise<StoredFile[]>;
  /** Deletes an object. That it is not there is no failure. */
  remove(key: string): Promise<void>;
  /** Makes an address for one PUT of exactly this type and length. Asks nobody. */
  uploadAddress(key: string, upload: { type: string; bytes: number }): Promise<FileAddress>;
  /** Makes an address for GETs of an object. Asks nobody. */
  downloadAddress(key: string, fileName: string): Promise<FileAddress>;
  readonly served?: ServedFiles;
}
