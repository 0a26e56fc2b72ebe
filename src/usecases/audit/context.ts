import { createRootSigner, type RootSigner } from '#domain/audit/root.ts';
import type { Secret } from '#domain/secret.ts';
import type { FileStorage, KeptRecords } from '#services/file-storage/service.ts';
import { rootDirectory, type RootFiles } from '#store/audit/root-files.ts';

/** The parts of the audit trail outside the database. */
export interface AuditParts {
  signer: RootSigner;
  /** Former public keys, in base64url, whose roots stay good. */
  publicKeys: readonly string[];
  /** Undefined where none is configured. */
  files: RootFiles | undefined;
}

/** The file of a day's root: the signed statement as JSON. */
export function rootFileName(day: string): string {
  return `${day}.json`;
}

/** The record of a day's root in the bucket: the same text. */
export function rootRecordName(day: string): string {
  return `audit/${rootFileName(day)}`;
}

/**
 * The bucket that keeps the roots. Undefined where Drop keeps its files in a directory of its own: that of
 * `AUDIT_ROOTS_DIRECTORY` is chosen for the roots.
 */
export function rootBucket({ served, records }: FileStorage): KeptRecords | undefined {
  return served ? undefined : records;
}

/** The file that lists the heads of a day's chains, one a line. */
export function headsFileName(day: string): string {
  return `${day}.heads`;
}

/** The parts as configured. */
export function auditPartsOf(settings: {
  signingKey: Secret;
  publicKeys: readonly string[];
  directory: string | undefined;
}): AuditParts {
  const { signingKey, publicKeys, directory } = settings;
  return {
    signer: createRootSigner(signingKey),
    publicKeys,
    files: directory === undefined ? undefined : rootDirectory(directory),
  };
}

/** The keys whose signatures are trusted. */
export function trustedKeys({ signer, publicKeys }: AuditParts): ReadonlySet<string> {
  return new Set([signer.publicKey, ...publicKeys]);
}
