import { createHash } from 'node:crypto';
import { locales, type Locale } from '#domain/locale.ts';
import { documentKinds, type DocumentKind } from '#domain/payment/document.ts';
import { isEntryOf, readDocumentEntries, type DocumentEntry } from '#store/audit/documents.ts';
import type { Queries } from '#store/database.ts';

/** The result of a comparison of a file with the audit trail. */
export type DocumentVerdict =
  /** The very bytes that Drop handed out. */
  | { kind: 'unaltered'; payment: string; document: DocumentKind; locale: Locale; sequence: number; at: Date }
  /** It names a payment of which Drop handed out documents, and is none of these. */
  | { kind: 'altered'; payment: string }
  /** It names a payment whose customer is erased: nothing can be compared any more. */
  | { kind: 'erased'; payment: string }
  /** It names no payment of which Drop has handed out a document. */
  | { kind: 'unknown' };

/** A document of Drop's names one payment. */
const namesMax = 20;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Compares a file with the documents that the audit trail records for the payments that it names. Documents of earlier
 * releases count, because the trail keeps a digest of each. Whether the trail itself is whole is verified apart.
 */
export async function verifyDocument(queries: Queries, file: Uint8Array): Promise<DocumentVerdict> {
  const bytes = Buffer.from(file);
  const sha256 = createHash('sha256').update(bytes).digest();
  const names = [...new Set(bytes.toString('latin1').match(uuid) ?? [])].slice(0, namesMax);
  let verdict: DocumentVerdict = { kind: 'unknown' };
  for (const payment of names) {
    const entries = await readDocumentEntries(queries, payment);
    const found = matchOf(entries, sha256);
    if (found) return { kind: 'unaltered', payment, ...found };
    if (entries.length === 0) continue;
    const isErased = entries.every(({ salt }) => salt === null);
    verdict = { kind: isErased ? 'erased' : 'altered', payment };
  }
  return verdict;
}

function matchOf(entries: readonly DocumentEntry[], sha256: Buffer) {
  for (const entry of entries)
    for (const document of documentKinds)
      for (const locale of locales) {
        const { sequence, at } = entry;
        if (isEntryOf(entry, { kind: document, locale, sha256 })) return { document, locale, sequence, at };
      }
  return undefined;
}
