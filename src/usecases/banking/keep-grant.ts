import { consentMsMax } from '#domain/banking/consent.ts';
import { DropError } from '#domain/errors.ts';
import type { ConsentGrant } from '#services/open-banking/service.ts';
import {
  activateConnection,
  endConnection,
  findConnectionBy,
  type BankConnection,
} from '#store/bank-connections.ts';
import { announceChange } from '#store/changes.ts';
import { activeInLine, endOfOthers } from '#store/consent-ends.ts';
import { oweEnd } from '#store/consents-to-end.ts';
import type { OpenTransaction } from '#store/database.ts';
import { keepGrantedAccounts } from '#store/granted-accounts.ts';
import { isSameReference } from '../payments/contradiction.ts';
import { accountInformation } from './account-information.ts';
import { endAtProvider } from './end-at-provider.ts';
import { consentKeyOf } from './consent-key.ts';
import { noteConsent } from './note-consent.ts';
import type { EnqueuedJobs, UseCaseContext } from '../context.ts';

/**
 * Stores the accounts that a consent grants, and returns their ids. A consent that is not the one asked for, or cannot
 * be stored, is ended at the provider, and its connection is ended, too.
 *
 * @throws {DropError} `consent_failed`, and the errors of storing it.
 */
export async function keepGrant(
  context: UseCaseContext,
  connection: BankConnection,
  grant: ConsentGrant,
): Promise<string[]> {
  try {
    const clear = { ...grant, accounts: unambiguous(context, connection, grant) };
    assertAsAsked(context, connection, clear);
    return await writeDown(context, connection, clear);
  } catch (error) {
    await discard(context, connection, grant);
    throw error;
  }
}

/** More accounts than a person has at one bank. Each is compared with each, and its balance is read at once. */
const accountsMax = 100;

/** Without the accounts whose reference is also that of another account: its balance could be read for theirs. */
function unambiguous(
  context: UseCaseContext,
  { id }: BankConnection,
  { accounts }: ConsentGrant,
): ConsentGrant['accounts'] {
  const first = accounts.slice(0, accountsMax);
  const clear = first.filter(({ reference, accountNumber }) =>
    first.every((other) => other.reference !== reference || other.accountNumber === accountNumber),
  );
  if (clear.length < accounts.length) {
    const counts = { granted: accounts.length, kept: clear.length };
    const said = 'a consent grants too many accounts, or several by one reference';
    context.log('error', said, { connectionId: id, ...counts });
  }
  return clear;
}

function assertAsAsked(context: UseCaseContext, connection: BankConnection, grant: ConsentGrant): void {
  const { id, bankId, consentReference: begun } = connection;
  if (begun !== undefined && !isSameReference(begun, grant.reference)) {
    context.log('error', 'another consent than the one that was begun is granted', { connectionId: id });
    throw notKept('it is another one than was begun');
  }
  if (grant.bankId !== bankId) {
    const banks = { asked: bankId, granted: grant.bankId };
    context.log('error', 'another bank than the one asked granted a consent', { connectionId: id, ...banks });
    throw notKept('another bank granted it');
  }
  const leftMs = grant.validUntil.getTime() - context.clock.now().getTime();
  if (!(leftMs > 0)) throw notKept('it has ended already');
  if (grant.accounts.length === 0) throw notKept('it grants no account');
}

/** The end of the consent: no later than the law allows, whatever the provider says. */
async function validUntil(
  context: UseCaseContext,
  connection: BankConnection,
  grant: ConsentGrant,
): Promise<Date> {
  const { id } = connection;
  const shared = grant.isShared === true ? await endOfOthers(context.store.database, connection) : undefined;
  if (shared !== undefined && shared < grant.validUntil) return shared;
  const latest = new Date(context.clock.now().getTime() + consentMsMax);
  if (grant.validUntil <= latest) return grant.validUntil;
  context.log('warn', 'a consent is said to last longer than one may', { connectionId: id });
  return latest;
}

async function writeDown(
  context: UseCaseContext,
  connection: BankConnection,
  grant: ConsentGrant,
): Promise<string[]> {
  const { id: connectionId, userId, provider } = connection;
  const { reference, accounts } = grant;
  const consent = { reference, validUntil: await validUntil(context, connection, grant) };
  const kept = await context.store.database.transaction().execute(async (transaction) => {
    if (!(await activateConnection(transaction, connectionId, consent)))
      throw notKept('the connection is not pending any more');
    const at = context.clock.now();
    const ids = await keepGrantedAccounts(transaction, {
      userId,
      connectionId,
      provider,
      accounts,
      at,
      newId: context.entropy.uuid,
    });
    await announceChange(transaction, { userId, kind: 'connection', id: connectionId });
    const { renews } = connection;
    const isRenewal = renews !== undefined;
    const replaced = isRenewal ? await replace(transaction, { ...connection, renews }, at) : [];
    return { ids, replaced };
  });
  noteConsent(context, connection, 'active');
  for (const id of kept.replaced) noteConsent(context, { id, userId }, 'revoked');
  return kept.ids;
}

/** Longer than the balances at both providers take to be compared; then a job ends the former consent. */
const comparingMs = 60_000;

/**
 * Ends the consent whose place a newer one takes, and its other renewals: a renewal may be begun twice, and both given.
 * A job ends them at the provider. Resolves with their ids.
 */
async function replace(
  transaction: OpenTransaction,
  renewal: BankConnection & { renews: string },
  at: Date,
): Promise<string[]> {
  const { userId, renews } = renewal;
  const replaced = await activeInLine(transaction, { id: renews, userId, except: renewal.id });
  for (const { id, provider } of replaced) {
    const dueAt = provider === renewal.provider ? at : new Date(at.getTime() + comparingMs);
    await oweEnd(transaction, id, { at, dueAt });
    await endConnection(transaction, id, { status: 'revoked', at, cause: 'replaced' });
    await announceChange(transaction, { userId, kind: 'connection', id });
  }
  return replaced.map(({ id }) => id);
}

function notKept(why: string): DropError {
  return new DropError('consent_failed', { message: `a consent is not kept: ${why}`, outcome: 'refused' });
}

/**
 * Ends the consent as far as provider and database allow; a job goes on where the provider does not answer. Its own
 * errors are only logged: the caller throws the first one.
 */
async function discard(
  context: UseCaseContext,
  connection: BankConnection,
  { reference }: ConsentGrant,
): Promise<void> {
  const { id: connectionId, provider, bankId } = connection;
  let later: EnqueuedJobs['end-discarded-consent'] | undefined;
  try {
    const holder = await holderOf(context, { provider, reference });
    // The consent was stored after all, but the database's confirmation was lost.
    if (holder?.id === connectionId && holder.status === 'active') return;
    const ais = accountInformation(context.services.openBanking.pinned(provider));
    const isOwn = holder === undefined || holder.id === connectionId;
    if (isOwn) await endAtProvider(ais, consentKeyOf(context, { connectionId, reference, bankId }));
    else context.log('error', "a consent was granted under another one's reference", { connectionId });
  } catch (error) {
    context.log('error', 'a consent that is not kept could not be ended', { connectionId, error });
    later = { provider, bankId, reference, connectionId };
  }
  await endPending(context, connection, { status: 'failed', discarded: later });
}

/** Ends a consent at its provider that was granted and is not kept; not one that a connection holds after all. */
export async function endDiscardedConsent(
  context: UseCaseContext,
  { provider, bankId, reference, connectionId }: EnqueuedJobs['end-discarded-consent'],
): Promise<void> {
  const holder = await findConnectionBy(context.store.database, { provider, reference });
  if (holder && (holder.id !== connectionId || holder.status === 'active')) return;
  const ais = accountInformation(context.services.openBanking.pinned(provider));
  await endAtProvider(ais, consentKeyOf(context, { connectionId, reference, bankId }));
}

/**
 * Undefined also when the database does not answer. The consent is ended then; one that was stored shows as revoked.
 */
async function holderOf(
  context: UseCaseContext,
  key: { provider: string; reference: string },
): Promise<BankConnection | undefined> {
  return findConnectionBy(context.store.database, key).catch(() => undefined);
}

/**
 * Ends a connection whose consent did not come about, and notifies the customer's screens. A `discarded` consent is
 * ended by a job, which is enqueued in the same transaction. Never rejects.
 */
export async function endPending(
  context: UseCaseContext,
  { id, userId }: BankConnection,
  ending: { status: 'cancelled' | 'failed'; discarded?: EnqueuedJobs['end-discarded-consent'] | undefined },
): Promise<void> {
  const { status, discarded } = ending;
  const at = context.clock.now();
  await context.store.database
    .transaction()
    .execute(async (transaction) => {
      const isEnded = await endConnection(transaction, id, { status, at });
      if (isEnded) await announceChange(transaction, { userId, kind: 'connection', id });
      if (discarded) await context.enqueue(transaction, 'end-discarded-consent', discarded);
      return isEnded;
    })
    .then((isEnded) => {
      if (isEnded) noteConsent(context, { id, userId }, status);
    })
    .catch((error: unknown) => {
      context.log('error', 'the end of a connection could not be written down', { connectionId: id, error });
    });
}
