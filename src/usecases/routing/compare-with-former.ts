import { isDropError } from '#domain/errors.ts';
import { bankKeyOf } from '#domain/routing/bank-key.ts';
import { compareBalances, type ReportedBalance } from '#domain/routing/parity.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { AttendedAccess } from '#services/open-banking/service.ts';
import { noteReading, type BankAccount } from '#store/bank-accounts.ts';
import type { BankConnection } from '#store/bank-connections.ts';
import { accountsNotGranted, formerAccounts, type FormerAccount } from '#store/routing/former-accounts.ts';
import { addComparison, type Comparison } from '#store/routing/parity.ts';
import { accountInformation } from '../banking/account-information.ts';
import { consentKeyOf } from '../banking/consent-key.ts';
import { endOwed } from '../banking/end-at-provider.ts';
import type { UseCaseContext } from '../context.ts';

/** More accounts than a person has at one bank; the others are not compared. */
const comparedMax = 20;
/** The readings at the former provider end before the former consent is due to be ended there. */
const comparisonMsMax = 30_000;

/** An account that a new consent grants, after its first reading, or the error of that. */
export type FirstReading = { accountId: string } & ({ account: BankAccount } | { error: unknown });

/** A consent that was granted, while the customer who gave it is there. */
export interface Granted {
  connection: BankConnection;
  access: AttendedAccess;
  first: Promise<readonly FirstReading[]>;
}

/**
 * Compares the first balances of a new consent with those that the customer's former consent gives at another provider,
 * and keeps the results without the amounts. The former consent is then ended at its provider, if that is owed. To be
 * called without waiting: it never rejects, and the new consent does not depend on it.
 */
export async function compareWithFormer(context: UseCaseContext, granted: Granted): Promise<void> {
  if (context.services.openBanking.all().length < 2) return;
  try {
    await withDeadline(comparisonMsMax, context.clock, () => compareAll(context, granted));
  } catch (error) {
    const details = { connectionId: granted.connection.id, error };
    context.log('warn', 'the balances at two providers could not be compared', details);
  }
}

async function compareAll(context: UseCaseContext, granted: Granted): Promise<void> {
  const { connection } = granted;
  const options = { at: context.clock.now(), limit: comparedMax };
  const accounts = await formerAccounts(context.store.database, connection, options);
  const compared = await Promise.allSettled([
    ...accounts.map((account) => compare(context, granted, account)),
    noteNotGranted(context, connection),
  ]);
  const owed = accounts.find(({ isEndOwed }) => isEndOwed);
  if (owed) {
    const { connectionId: id, provider, bankId, consentReference: reference } = owed;
    await endOwed(context, { id, userId: connection.userId, provider, bankId, reference });
  }
  for (const result of compared) if (result.status === 'rejected') throw result.reason;
}

async function compare(context: UseCaseContext, granted: Granted, former: FormerAccount): Promise<void> {
  const [before, readings] = await Promise.all([readFormer(context, granted, former), granted.first]);
  const now = ofNewConsent(granted, readings, former.accountId);
  const { bankKey, bankName, provider } = granted.connection;
  await addComparison(context.store.database, {
    accountId: former.accountId,
    bankKey: bankKey ?? bankKeyOf({ name: bankName }),
    formerProvider: former.provider,
    newProvider: provider,
    ...resultOf(before, now),
    at: context.clock.now(),
  });
}

/** An account that the new provider does not give is one that its customer misses after the move. */
async function noteNotGranted(context: UseCaseContext, connection: BankConnection): Promise<void> {
  const { database } = context.store;
  const { bankKey, bankName, provider } = connection;
  for (const account of await accountsNotGranted(database, connection, comparedMax))
    await addComparison(database, {
      accountId: account.accountId,
      bankKey: bankKey ?? bankKeyOf({ name: bankName }),
      formerProvider: account.provider,
      newProvider: provider,
      outcome: 'not_readable',
      fault: { code: 'account_unknown', provider },
      apartMs: undefined,
      at: context.clock.now(),
    });
}

/** A balance of one provider and when it came, or the error in its place. */
type Reading = (ReportedBalance & { at: Date }) | NonNullable<Comparison['fault']>;

async function readFormer(
  context: UseCaseContext,
  { connection: { userId }, access }: Granted,
  { accountId, provider, reference, connectionId, consentReference, bankId }: FormerAccount,
): Promise<Reading> {
  try {
    const ais = accountInformation(context.services.openBanking.pinned(provider));
    const consent = consentKeyOf(context, { connectionId, reference: consentReference, bankId });
    const balance = await onBehalfOf(userId, () => ais.readBalance({ reference, consent }, access));
    const at = context.clock.now();
    await noteReading(context.store.database, { accountId, connectionId, at, isAttended: true });
    return { ...balance, at };
  } catch (error) {
    return faultOf(error, provider);
  }
}

function ofNewConsent(
  { connection: { id, provider } }: Granted,
  readings: readonly FirstReading[],
  accountId: string,
): Reading {
  const reading = readings.find((each) => each.accountId === accountId);
  if (reading === undefined || 'error' in reading) return faultOf(reading?.error, provider);
  const { balance: money, balanceKind: kind, balanceAt: at, connectionId } = reading.account;
  // The new consent ended at once, and another one was read in its place.
  if (connectionId !== id) return { code: 'consent_revoked', provider };
  return money && kind && at ? { money, kind, at } : faultOf(undefined, provider);
}

function faultOf(error: unknown, provider: string): NonNullable<Comparison['fault']> {
  return { code: isDropError(error) ? error.code : 'internal_error', provider };
}

function resultOf(before: Reading, now: Reading): Pick<Comparison, 'outcome' | 'fault' | 'apartMs'> {
  if ('code' in before || 'code' in now)
    return { outcome: 'not_readable', fault: 'code' in before ? before : faultIn(now), apartMs: undefined };
  const apartMs = Math.abs(now.at.getTime() - before.at.getTime());
  return { outcome: compareBalances(before, now), fault: undefined, apartMs };
}

function faultIn(reading: Reading): Comparison['fault'] {
  return 'code' in reading ? reading : undefined;
}
