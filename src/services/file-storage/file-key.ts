import { DropError } from '#domain/errors.ts';
import { createUlid, ulidPattern } from '#domain/ulid.ts';
import type { Entropy } from '#domain/entropy.ts';
import { fileTypes, type FileExtension, type NewFile } from './service.ts';

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const recordPattern = /^(?!.*\.\.)[\w-][\w.-]{0,99}(\/[\w-][\w.-]{0,99}){0,3}$/;
const fileNamePattern = /^[\w-][\w.-]{0,99}$/;

/** @throws {DropError} `invalid_request` when `userId` is no UUID in small letters. */
export function prefixOf(userId: string): string {
  if (!uuidPattern.test(userId)) throw unusable('the id of a user');
  return `${userId}/`;
}

/** The key of a new file: `userId/ulid.ext`. */
export function newKey({ userId, extension }: NewFile, now: Date, entropy: Entropy): string {
  return `${prefixOf(userId)}${createUlid(now, entropy)}.${extension}`;
}

/** @throws {DropError} `invalid_request` when `key` cannot be the key of a file. */
export function typeOfKey(key: string): string {
  const [, userId, ulid, extension] = /^([^/]+)\/([^/.]+)\.([a-z]+)$/.exec(key) ?? [];
  const isKey = uuidPattern.test(userId ?? '') && ulidPattern.test(ulid ?? '');
  if (!isKey || !isExtension(extension)) throw unusable('a key');
  return fileTypes[extension];
}

/** @throws {DropError} `invalid_request`. */
export function recordKey(name: string): string {
  if (!recordPattern.test(name)) throw unusable('the name of a record');
  return `records/${name}`;
}

/** The name under which a browser saves a file: as asked for, or the end of its key. */
export function savedName(key: string, fileName = key.slice(key.lastIndexOf('/') + 1)): string {
  if (!fileNamePattern.test(fileName)) throw unusable('the name of a file');
  return fileName;
}

function isExtension(text: string | undefined): text is FileExtension {
  return text !== undefined && Object.hasOwn(fileTypes, text);
}

function unusable(what: string): DropError {
  return new DropError('invalid_request', { message: `file storage was given what cannot be ${what}` });
}
