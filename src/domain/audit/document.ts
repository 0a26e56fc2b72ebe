import { digestOf } from './entry.ts';
import { canonicalJson } from './canonical.ts';

/** A document of a payment that was handed out. */
export interface IssuedDocument {
  kind: string;
  locale: string;
  /** Of its bytes. */
  sha256: Buffer;
}

/**
 * The facts of an entry that records a document: its kind, its language, and a digest of its hash. The digest is made
 * with the entry's salt, since amount and payee could be guessed from the hash alone; without the salt it says nothing.
 */
export function documentFacts(salt: string, { kind, locale, sha256 }: IssuedDocument): string {
  const digest = digestOf(salt, sha256.toString('hex')).toString('hex');
  return canonicalJson({ digest, document: kind, locale });
}
