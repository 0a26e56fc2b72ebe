import { open } from 'node:fs/promises';
import { DropError } from '#domain/errors.ts';
import { verifyDocument, type DocumentVerdict } from '#usecases/audit/verify-document.ts';
import { jsonLine } from './json-line.ts';
import { plain } from './plain.ts';
import { onRunningDatabase } from './running-database.ts';

/** A document has about 40 kB. */
const bytesMax = 5_000_000;

/** `drop audit document <file>`: whether a PDF is one that Drop handed out, and of which payment. */
export async function verifyDocumentFile(name: string, { json }: { json?: true }): Promise<void> {
  const file = await contentOf(name);
  const verdict = await onRunningDatabase(({ store }) => verifyDocument(store.database, file));
  process.stdout.write(json ? jsonLine(verdict) : `${plain(textOf(verdict))}\n`);
  if (verdict.kind !== 'unaltered') process.exitCode = 1;
}

/** @throws {DropError} `invalid_request` where the file cannot be read, or is no document of Drop's for its size. */
async function contentOf(name: string): Promise<Buffer> {
  const file = await open(name).catch((cause: unknown) => {
    throw new DropError('invalid_request', { message: `The file ${name} cannot be read.`, cause });
  });
  try {
    const { size } = await file.stat();
    if (size <= bytesMax) return await file.readFile();
  } finally {
    await file.close();
  }
  throw new DropError('invalid_request', { message: `The file has more than ${bytesMax} bytes.` });
}

function textOf(verdict: DocumentVerdict): string {
  switch (verdict.kind) {
    case 'unaltered': {
      const { document, locale, payment, at, sequence } = verdict;
      const when = `first handed out at ${at.toISOString()}, entry ${sequence}`;
      return `Unaltered: the ${document} (${locale}) of payment ${payment}, ${when}.`;
    }
    case 'altered':
      return `Altered: Drop never handed out this file for payment ${verdict.payment}, which it names.`;
    case 'erased':
      return `Not known: the customer of payment ${verdict.payment} is erased, so that nothing can be compared.`;
    case 'unknown':
      return 'Not known: the file names no payment of which Drop has handed out a document.';
  }
}
