import {
  purgeExpiredLinks,
  purgeFormerAddresses,
  purgeUnverifiedAddresses,
} from '#store/email-address-purge.ts';
import { purgeOldCustomerAccesses } from '#store/customer-access-log.ts';
import { purgeOldErrorGroups } from '#store/error-groups.ts';
import { purgeFormerCustomers } from '#store/former-customers.ts';
import { purgeOldAccesses } from '#store/kyc/access-log.ts';
import { purgeOldPaymentAccesses } from '#store/payment-access-log.ts';
import { purgeKnownDevices } from '#store/known-devices.ts';
import { purgeOldCalls } from '#store/outbound-calls.ts';
import { purgeMailRates } from '#store/outbox/mail-rates.ts';
import { purgeOldMessages } from '#store/outbox/purge.ts';
import { purgeOldDrafts } from '#store/payment-drafts.ts';
import { purgeExpiredSecrets } from '#store/provider-secrets.ts';
import { purgeOldComparisons } from '#store/routing/parity.ts';
import { purgeOldSessions } from '#store/sessions.ts';
import { purgeOldTickets } from '#store/sign-in-tickets.ts';
import { purgeOldSignIns } from '#store/sign-in-transactions.ts';
import { purgeVerificationMails } from '#store/verification-mails.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { draftKeptMs } from '#usecases/payments/draft.ts';

/** Deletes sign-ins, tickets of the app and sessions that can no longer be used. */
export async function purgeSignIns({ store, clock }: UseCaseContext): Promise<void> {
  const now = clock.now();
  await purgeOldSignIns(store.maintenance, now);
  await purgeOldTickets(store.maintenance, now);
  await purgeOldSessions(store.maintenance, now);
}

/** Records that the anti-money-laundering acts require are kept for five years, and not longer; see docs/privacy.md. */
const evidenceKeptMs = 1_827 * 86_400_000;
const formerCustomersMax = 1_000;

/** Deletes the logs of accesses to verifications, payments and customers once they need not be kept. */
export async function purgeAccesses({ store, clock }: UseCaseContext): Promise<void> {
  const before = new Date(clock.now().getTime() - evidenceKeptMs);
  await purgeOldAccesses(store.maintenance, before);
  await purgeOldPaymentAccesses(store.maintenance, before);
  await purgeOldCustomerAccesses(store.maintenance, before);
}

/** Deletes former customers once their data need not be kept. */
export async function purgeCustomers(
  { store, clock, entropy }: UseCaseContext,
  signal: AbortSignal,
): Promise<void> {
  const at = clock.now();
  const before = new Date(at.getTime() - evidenceKeptMs);
  const old = { before, limit: formerCustomersMax, at, newSalt: entropy.token };
  for (let gone = formerCustomersMax; gone === formerCustomersMax;) {
    signal.throwIfAborted();
    gone = await store.maintenance
      .transaction()
      .execute((transaction) => purgeFormerCustomers(transaction, old));
  }
}

const errorsKeptMs = 90 * 86_400_000;

/** Deletes the groups of errors that have not occurred for long. */
export async function purgeErrors({ store, clock }: UseCaseContext): Promise<void> {
  await purgeOldErrorGroups(store.maintenance, new Date(clock.now().getTime() - errorsKeptMs));
}

/** Calls are kept to find the cause of recent failures; the bound that is reached first applies. */
const callsKeptMs = 14 * 86_400_000;
const callsKeptMax = 1_000_000;

/** Deletes the records of requests to providers that are too old, or too many. */
export async function purgeCalls({ store, clock }: UseCaseContext): Promise<void> {
  const before = new Date(clock.now().getTime() - callsKeptMs);
  await purgeOldCalls(store.maintenance, { before, rowsMax: callsKeptMax });
}

/** Deletes the secrets of consents that were not completed, or whose time has passed. */
export async function purgeSecrets({ store, clock }: UseCaseContext): Promise<void> {
  await purgeExpiredSecrets(store.maintenance, clock.now());
}

/** Deletes payments that were begun and not sent within a day. */
export async function purgeDrafts({ store, clock }: UseCaseContext): Promise<void> {
  await purgeOldDrafts(store.maintenance, new Date(clock.now().getTime() - draftKeptMs));
}

const dayMs = 86_400_000;
/** Of a mail or an alert that was sent. */
const sentKeptMs = 90 * dayMs;
/** Of an entry in the app, and of a message that was given up: 13 months. */
const messagesKeptMs = 396 * dayMs;
const mailRatesKeptMs = 3_600_000;
const messagesMax = 10_000;

/** Deletes old messages, and the counts by which mails are paced. */
export async function purgeMessages({ store, clock }: UseCaseContext, signal: AbortSignal): Promise<void> {
  const before = (keptMs: number): Date => new Date(clock.now().getTime() - keptMs);
  const old = { sentBefore: before(sentKeptMs), keptBefore: before(messagesKeptMs), limit: messagesMax };
  for (let gone = messagesMax; gone === messagesMax;) {
    signal.throwIfAborted();
    gone = await purgeOldMessages(store.maintenance, old);
  }
  await purgeMailRates(store.maintenance, before(mailRatesKeptMs));
}

/** A device that the customer has not signed in on for this long counts as new. */
const devicesKnownMs = 180 * dayMs;

/** Deletes the devices on which customers no longer sign in. */
export async function purgeDevices({ store, clock }: UseCaseContext): Promise<void> {
  await purgeKnownDevices(store.maintenance, new Date(clock.now().getTime() - devicesKnownMs));
}

const comparisonsKeptMs = 365 * dayMs;

/** Deletes the comparisons of balances at two providers that are too old. */
export async function purgeComparisons({ store, clock }: UseCaseContext): Promise<void> {
  await purgeOldComparisons(store.maintenance, new Date(clock.now().getTime() - comparisonsKeptMs));
}

const unverifiedKeptMs = 30 * dayMs;

/** Deletes former e-mail addresses once they have been told, and what only links that have expired needed. */
export async function purgeEmailAddresses({ store, clock }: UseCaseContext): Promise<void> {
  const now = clock.now();
  await purgeExpiredLinks(store.maintenance, now);
  await purgeFormerAddresses(store.maintenance);
  await purgeUnverifiedAddresses(store.maintenance, new Date(now.getTime() - unverifiedKeptMs));
  await purgeVerificationMails(store.maintenance, new Date(now.getTime() - dayMs));
}
