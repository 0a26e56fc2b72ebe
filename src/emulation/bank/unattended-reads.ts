import type { LedgerAccount } from './ledger.ts';

const readsPerDay = 4;
const dayMs = 86_400_000;

/**
 * Counts a read without the customer, of which a bank allows four in 24 hours for each account and kind of read
 * (RTS Article 36(5)); false when they are used up.
 */
export function spendUnattendedRead(
  { unattendedReads }: { unattendedReads: Map<string, Date[]> },
  account: LedgerAccount,
  { kind, now }: { kind: string; now: Date },
): boolean {
  const key = `${account.bank.slug} ${account.accountNumber} ${kind}`;
  const recent = (unattendedReads.get(key) ?? []).filter((at) => now.getTime() - at.getTime() < dayMs);
  if (recent.length >= readsPerDay) return false;
  unattendedReads.set(key, [...recent, now]);
  return true;
}
