import type { Selectable } from 'kysely';
import {
  consentPurposes,
  consentReads,
  consentStatusAt,
  consentTransitions,
  type ConsentEndCause,
  type ConsentStatus,
} from '#domain/banking/consent.ts';
import { boundedAskAgainMs, type DecoupledStep, type NextStep } from '#domain/banking/next-step.ts';
import type { PaymentRules } from '#domain/banking/payment-rules.ts';
import type { RoutingReason } from '#domain/routing/decide.ts';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';
import type { Schema } from './schema.ts';

export interface BankConnection {
  id: string;
  userId: string;
  provider: string;
  bankId: string;
  bankName: string;
  /** The provider's name for the bank in payments; undefined where it initiates none there. */
  paymentBankId: string | undefined;
  status: ConsentStatus;
  consentReference: string | undefined;
  validUntil: Date | undefined;
  createdAt: Date;
  /** What the customer has to do in the bank's own app. */
  decoupledStep: DecoupledStep | undefined;
  /** The provider is asked again about the decoupled step no sooner. */
  askAgainAt: Date | undefined;
  /** The bank by `bankKeyOf`; undefined for a consent that an earlier version of Drop began. */
  bankKey: string | undefined;
  /** The consent that this one takes the place of. */
  renews: string | undefined;
  /** Whether the policy in force gave it to a provider, and not the environment. */
  isRouted: boolean;
}

/** Why a provider serves a consent: by which version of the policy, 0 being the environment alone. */
export interface RoutedBy {
  version: number;
  reason: RoutingReason;
}

/** Stores a consent that is about to be begun. */
export async function insertConnection(
  queries: Queries,
  connection: Pick<
    BankConnection,
    'id' | 'userId' | 'provider' | 'bankId' | 'bankName' | 'paymentBankId' | 'createdAt'
  > & {
    state: string;
    paymentRules?: PaymentRules | undefined;
    bankKey?: string;
    routedBy?: RoutedBy;
    /** The company between Drop and the bank. */
    readThrough?: string | undefined;
    /** The consent that this one takes the place of once it is given. */
    renews?: string | undefined;
  },
): Promise<BankConnection> {
  const row = await queries
    .insertInto('bank_connections')
    .values({
      id: connection.id,
      user_id: connection.userId,
      provider: connection.provider,
      bank_id: connection.bankId,
      bank_name: connection.bankName,
      payment_bank_id: connection.paymentBankId ?? null,
      status: 'pending',
      payment_rules: connection.paymentRules ? JSON.stringify(connection.paymentRules) : null,
      state_hash: sha256(connection.state),
      created_at: connection.createdAt,
      bank_key: connection.bankKey ?? null,
      routing_version: connection.routedBy?.version ?? null,
      routing_reason: connection.routedBy?.reason ?? null,
      purposes: [...consentPurposes],
      reads: [...consentReads],
      read_through: connection.readThrough ?? null,
      renews: connection.renews ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toConnection(row);
}

/** By the state that Drop gave the consent, or by the provider's reference of it. */
export type ConnectionKey = { state: string } | { provider: string; reference: string };

export async function findConnectionBy(
  queries: Queries,
  key: ConnectionKey,
): Promise<BankConnection | undefined> {
  const query = connections(queries);
  const row = await (
    'state' in key
      ? query.where('state_hash', '=', sha256(key.state))
      : query.where('provider', '=', key.provider).where('consent_reference', '=', key.reference)
  ).executeTakeFirst();
  return row && toConnection(row);
}

/** Notes what the customer does next, and the provider's reference where it is known now. */
export async function keepNextStep(
  queries: Queries,
  id: string,
  { next, reference, at }: { next: NextStep; reference: string | undefined; at: Date },
): Promise<void> {
  const isDecoupled = next.kind === 'decoupled';
  await queries
    .updateTable('bank_connections')
    .set({
      decoupled_step: isDecoupled ? JSON.stringify(next) : null,
      ask_again_at: isDecoupled ? new Date(at.getTime() + boundedAskAgainMs(next)) : null,
      ...(reference === undefined ? {} : { consent_reference: reference }),
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .execute();
}

/**
 * Records that the customer returned from the bank; true for the one caller that may complete the consent. A return
 * that was taken before `abandonedBefore` and is not completed may be taken again, because the process that took it has
 * died. While a decoupled step waits, no caller may before the provider wants to be asked.
 */
export async function takeReturn(
  queries: Queries,
  id: string,
  { at, abandonedBefore }: { at: Date; abandonedBefore: Date },
): Promise<boolean> {
  const result = await queries
    .updateTable('bank_connections')
    .set({ returned_at: at })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where((where) =>
      where.or([where('returned_at', 'is', null), where('returned_at', '<', abandonedBefore)]),
    )
    .where((where) => where.or([where('ask_again_at', 'is', null), where('ask_again_at', '<=', at)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Releases a return that was taken `at` and failed: it may be tried again, from `askAgainAt` if that is given. */
export async function giveBackReturn(
  queries: Queries,
  id: string,
  { at, askAgainAt }: { at: Date; askAgainAt: Date | undefined },
): Promise<void> {
  await queries
    .updateTable('bank_connections')
    .set({ returned_at: null, ...(askAgainAt && { ask_again_at: askAgainAt }) })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('returned_at', '=', at)
    .execute();
}

export async function findConnection(
  queries: Queries,
  key: { id: string; userId: string },
): Promise<BankConnection | undefined> {
  const row = await connectionOf(queries, key).executeTakeFirst();
  return row && toConnection(row);
}

/** The same, and nothing else can change it before the transaction ends. */
export async function lockConnection(
  queries: Queries,
  key: { id: string; userId: string },
): Promise<BankConnection | undefined> {
  const row = await connectionOf(queries, key).forUpdate().executeTakeFirst();
  return row && toConnection(row);
}

/** For how long a customer who comes back finds a consent that waits for their approval in the bank's app. */
const approvalMsMax = 86_400_000;

/**
 * A customer's present and past connections, newest first, with those that wait for an approval in the bank's app, and
 * without failed, cancelled and other unfinished attempts.
 */
export async function listConnections(
  queries: Queries,
  userId: string,
  now: Date,
): Promise<BankConnection[]> {
  const rows = await connections(queries)
    .where('user_id', '=', userId)
    .where((where) =>
      where.or([
        where('status', 'in', ['active', 'expired', 'revoked']),
        where.and([
          where('status', '=', 'pending'),
          where('decoupled_step', 'is not', null),
          where('created_at', '>', new Date(now.getTime() - approvalMsMax)),
        ]),
      ]),
    )
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
  return rows
    .map(toConnection)
    .map((row) => ({ ...row, status: consentStatusAt(row.status, row.validUntil, now) }));
}

/**
 * Takes active consents that were last read before `readBefore`, those read longest ago first. Each is taken by one
 * caller, and counts as read from then on.
 */
export async function takeConsentsToRead(
  queries: Queries,
  { at, readBefore, limit }: { at: Date; readBefore: Date; limit: number },
): Promise<BankConnection[]> {
  const rows = await queries
    .with('due', (from) =>
      from
        .selectFrom('bank_connections')
        .select(['id', 'read_at as before'])
        .where('status', '=', 'active')
        .where('valid_until', '>', at)
        .where('created_at', '<', readBefore)
        .where((where) => where.or([where('read_at', 'is', null), where('read_at', '<', readBefore)]))
        .orderBy('read_at', (order) => order.asc().nullsFirst())
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .with('taken', (from) =>
      from
        .updateTable('bank_connections')
        .set({ read_at: at })
        .where('id', 'in', (due) => due.selectFrom('due').select('id'))
        .returningAll(),
    )
    .selectFrom('taken')
    .innerJoin('due', 'due.id', 'taken.id')
    .selectAll('taken')
    .orderBy('due.before', (order) => order.asc().nullsFirst())
    .orderBy('taken.id')
    .execute();
  return rows.map(toConnection);
}

/** Makes a pending connection active; false when it is not pending. */
export async function activateConnection(
  queries: Queries,
  id: string,
  grant: { reference: string; validUntil: Date },
): Promise<boolean> {
  const result = await queries
    .updateTable('bank_connections')
    .set({
      status: 'active',
      consent_reference: grant.reference,
      valid_until: grant.validUntil,
      decoupled_step: null,
      ask_again_at: null,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Ends a connection; false when its present status does not allow the transition. */
export async function endConnection(
  queries: Queries,
  id: string,
  end: { status: ConsentStatus; at: Date; cause?: ConsentEndCause | undefined },
): Promise<boolean> {
  const from = (Object.keys(consentTransitions) as ConsentStatus[]).filter((status) =>
    consentTransitions[status].includes(end.status),
  );
  const result = await queries
    .updateTable('bank_connections')
    .set({ status: end.status, ended_at: end.at, end_cause: end.cause ?? null })
    .where('id', '=', id)
    .where('status', 'in', from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function connections(queries: Queries) {
  return queries.selectFrom('bank_connections').selectAll();
}

function connectionOf(queries: Queries, { id, userId }: { id: string; userId: string }) {
  return connections(queries).where('id', '=', id).where('user_id', '=', userId);
}

function toConnection(row: Selectable<Schema['bank_connections']>): BankConnection {
  return {
    id: row.id,
    userId: row.user_id,
    provider: row.provider,
    bankId: row.bank_id,
    bankName: row.bank_name,
    status: row.status,
    consentReference: row.consent_reference ?? undefined,
    validUntil: row.valid_until ?? undefined,
    createdAt: row.created_at,
    paymentBankId: row.payment_bank_id ?? undefined,
    decoupledStep: row.decoupled_step ?? undefined,
    askAgainAt: row.ask_again_at ?? undefined,
    bankKey: row.bank_key ?? undefined,
    renews: row.renews ?? undefined,
    isRouted: row.routing_reason !== null && !['environment', 'kept'].includes(row.routing_reason),
  };
}
