import { forgetFormerCustomers } from '#store/former-customers.ts';
import { forgetOldAccesses } from '#store/kyc/access-log.ts';
import { forgetOldCalls } from '#store/outbound-calls.ts';
import { forgetOldSessions } from '#store/sessions.ts';
import { forgetOldTickets } from '#store/sign-in-tickets.ts';
import { forgetOldSignIns } from '#store/sign-in-transactions.ts';
import type { UseCaseContext } from '#usecases/context.ts';

/** Deletes sign-ins, tickets of the app and sessions that can no longer be used. */
export async function forgetSignIns({ store, clock }: UseCaseContext): Promise<void> {
  const now = clock.now();
  await forgetOldSignIns(store.database, now);
  await forgetOldTickets(store.database, now);
  await forgetOldSessions(store.database, now);
}

/** Records that the anti-money-laundering acts require are kept for five years, and not longer; see docs/privacy.md. */
const evidenceKeptMs = 1_827 * 86_400_000;
const formerCustomersMax = 1_000;

/** Deletes the log of accesses to verifications once it need not be kept. */
export async function forgetAccesses({ store, clock }: UseCaseContext): Promise<void> {
  await forgetOldAccesses(store.database, new Date(clock.now().getTime() - evidenceKeptMs));
}

/** Deletes former customers once their data need not be kept. */
export async function forgetCustomers({ store, clock }: UseCaseContext, signal: AbortSignal): Promise<void> {
  const old = { before: new Date(clock.now().getTime() - evidenceKeptMs), limit: formerCustomersMax };
  for (let gone = formerCustomersMax; gone === formerCustomersMax;) {
    signal.throwIfAborted();
    gone = await store.database
      .transaction()
      .execute((transaction) => forgetFormerCustomers(transaction, old));
  }
}

/** Calls are kept to find the cause of recent failures; the bound that is reached first applies. */
const callsKeptMs = 14 * 86_400_000;
const callsKeptMax = 1_000_000;

/** Deletes the records of requests to providers that are too old, or too many. */
export async function forgetCalls({ store, clock }: UseCaseContext): Promise<void> {
  const before = new Date(clock.now().getTime() - callsKeptMs);
  await forgetOldCalls(store.database, { before, rowsMax: callsKeptMax });
}
