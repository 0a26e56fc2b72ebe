import { createHash } from 'node:crypto';
import { hashOf, noHash, type HashedEntry } from '#domain/audit/entry.ts';
import { readEntries } from '#store/audit/read.ts';
import type { Trail } from './trail.ts';

/** Gives the first entry of a chain another content, and all entries the hashes that follow: only a root tells then. */
export async function rewrite(trail: Trail, chain: string): Promise<void> {
  const entries = await readEntries(trail.bank.context.store.database, [chain]);
  let previous: Buffer = noHash;
  const statements = entries.map((entry) => {
    const digest = entry.sequence === 1 ? createHash('sha256').update('forged').digest() : entry.digest;
    const changed: HashedEntry = { ...entry, digest, previous };
    previous = hashOf(changed);
    const [digestHex, beforeHex, hashHex] = [digest, changed.previous, previous].map((each) =>
      each.toString('hex'),
    );
    return `update audit_entries set digest = '\\x${digestHex}', previous = '\\x${beforeHex}', hash = '\\x${hashHex}'
      where chain = '${chain}' and sequence = ${entry.sequence}`;
  });
  await trail.tamper(statements.join(';'));
}
