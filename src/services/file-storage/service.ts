/** The types of files that Drop keeps, by their extension. A file's type always follows from its key. */
export const fileTypes = {
  csv: 'text/csv',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  zip: 'application/zip',
} as const;

export type FileExtension = keyof typeof fileTypes;

/** How long an address of a file may be used, in seconds. */
export const addressSeconds = 900;

/** The largest file, in bytes: a file is held in memory while Drop writes it. */
export const fileBytesMax = 33_554_432;

/** A file that is to be kept for a user. */
export interface NewFile {
  /** A UUID. */
  userId: string;
  extension: FileExtension;
}

/** A whole file, or its parts as they are made. */
export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

/** A file that is kept. */
export interface StoredFile {
  /** `userId/ulid.ext`. */
  key: string;
  bytes: number;
  storedAt: Date;
}

/** An address that needs no session: it is a secret until `expiresAt`, and never logged. */
export interface FileAddress {
  url: string;
  expiresAt: Date;
}

/** An upload that may begin: one PUT to `url` with exactly these headers and that many bytes. */
export interface FileUpload extends FileAddress {
  key: string;
  headers: Readonly<Record<string, string>>;
}

/**
 * Files outside the database, private to their user. Keys are `userId/ulid.ext`. Every method
 *
 * @throws {DropError} `provider_unavailable` or `provider_timeout` where no storage answers, and what the provider
 * refuses: `provider_rejected_credentials`, `provider_refused`, `provider_rate_limited`. `provider_invalid_response`
 * where something else than the storage seems to have answered. `invalid_request` for a user id, key, name or size that
 * no file can have.
 */
export interface FileStorage {
  /** Lets a client upload one new file of `bytes` bytes, from 1 to `fileBytesMax`, within `addressSeconds`. */
  beginUpload(file: NewFile, bytes: number): Promise<FileUpload>;
  /**
   * Keeps a new file that Drop has made, and returns its key.
   *
   * @throws {DropError} `payload_too_large` above `fileBytesMax`.
   */
  putFile(file: NewFile, content: FileContent): Promise<string>;
  /**
   * Where a client downloads a file, as an attachment called `fileName` (letters, digits, `-`, `_`, `.`; otherwise the
   * end of its key), within `addressSeconds`.
   *
   * @throws {DropError} `not_found`.
   */
  downloadAddress(key: string, fileName?: string): Promise<FileAddress>;
  /** The files of a user, oldest first; at most `listedFilesMax`. Fails where a storage that may hold one is down. */
  list(userId: string): Promise<StoredFile[]>;
  /**
   * Deletes all files of a user and returns how many. After a failure some may be left: repeat it. Addresses that were
   * given out for an upload stay good until they expire, so what is to be gone for good is deleted again after
   * `addressSeconds`.
   */
  deleteFilesOf(userId: string): Promise<number>;
  /**
   * Keeps a text of Drop's own for good, under `records/`, such as the signed root of a day. A record is never
   * replaced: `differs` where another text is kept by that name. `name` is letters, digits, `-`, `_`, `.`, `/`.
   */
  keepRecord(name: string, text: string): Promise<'kept' | 'differs'>;
  /** Only where Drop itself serves the addresses. */
  readonly served?: ServedFiles;
}

/** How many files of one user are listed, over all storages. */
export const listedFilesMax = 1_000;

/** The part of an address that Drop serves: the key, and the query as the client sent it. */
export interface ServedAddress {
  key: string;
  query: Readonly<Record<string, string>>;
}

/**
 * The addresses that Drop serves itself, with what S3 refuses. Both methods
 *
 * @throws {DropError} `file_address_invalid` for an address that was changed, or that another method belongs to;
 * `file_address_expired`.
 */
export interface ServedFiles {
  /** @throws {DropError} `not_found`. */
  download(address: ServedAddress): Promise<{ bytes: Uint8Array; type: string; fileName: string }>;
  /**
   * Judges the address before it reads the body, so that a stranger cannot make Drop hold one.
   *
   * @throws {DropError} `file_address_invalid` also for another type or length than the address was made for.
   */
  upload(address: ServedAddress, sent: SentFile): Promise<void>;
}

/** The request of an upload. */
export interface SentFile {
  type: string;
  /** As its headers state it; NaN where they do not. */
  bytes: number;
  read(): Promise<Uint8Array>;
}
