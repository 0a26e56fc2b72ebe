import { DropError } from '#domain/errors.ts';
import type { NationalIdentityHash } from '#domain/identity/national-identity-hash.ts';
import { parseNationalIdentityNumber } from '#domain/identity/national-identity-number.ts';
import type { VerifiedIdentity } from '#services/bankid/service.ts';
import type { OpenTransaction, Queries } from '#store/database.ts';
import {
  findIdentifiedUsers,
  identifyUser,
  insertUser,
  type Identification,
  type IdentifiedUser,
} from '#store/users.ts';
import type { UseCaseContext } from '../context.ts';
import { meetCondition, openConditionIn } from '../alerts/conditions.ts';
import { raise } from '../alerts/raise.ts';
import { tellRefusal } from './tell-refusal.ts';

/** A failed attempt means that a concurrent request has changed the same user. */
const attemptsMax = 10;

/** The user that an identity belongs to, of those with the hash of its number or with its issuer and subject. */
export type UserMatch =
  | { kind: 'new' }
  | { kind: 'known'; found: IdentifiedUser }
  /** Known by the subject alone: the number is another one, or is under a key that is not configured. */
  | { kind: 'known_by_subject'; found: IdentifiedUser; because: 'new_number' | 'unknown_key' }
  | { kind: 'conflict'; reason: string; users: readonly IdentifiedUser[] };

export interface Presented {
  /** Under the current key first, then under the former ones. */
  hashes: readonly NationalIdentityHash[];
  issuer: string;
  subject: string;
  isDNumber: boolean;
}

/**
 * Pure. Number and subject name one person each, so they must not name two. A subject is never given to another person
 * (OpenID Connect Core 1.0, sections 2 and 5.7), while a number may change: a D-number becomes a birth number, a birth
 * number is corrected. Nobody's number becomes a D-number.
 */
function matchUser(users: readonly IdentifiedUser[], presented: Presented): UserMatch {
  const { hashes, issuer, subject, isDNumber } = presented;
  const byNumber = hashes.flatMap(({ hash }) => users.filter((user) => user.hash === hash));
  const bySubject = users.find((user) => user.issuer === issuer && user.subject === subject);
  if (!bySubject) return byNumber[0] ? { kind: 'known', found: byNumber[0] } : { kind: 'new' };
  if (byNumber.includes(bySubject)) return { kind: 'known', found: bySubject };
  if (byNumber.length > 0) {
    const reason = 'number and subject are of two users';
    return { kind: 'conflict', reason, users: [bySubject, ...byNumber] };
  }
  const isComparable = hashes.some(({ keyId }) => keyId === bySubject.keyId);
  if (!isComparable) return { kind: 'known_by_subject', found: bySubject, because: 'unknown_key' };
  if (isDNumber) return { kind: 'conflict', reason: 'the number became a D-number', users: [bySubject] };
  return { kind: 'known_by_subject', found: bySubject, because: 'new_number' };
}

/**
 * Finds or makes the user of `identity`, and returns their id. Changes are written only if no concurrent request has
 * changed the user; otherwise everything is read again.
 *
 * @throws {DropError} `sign_in_identity_conflict`.
 */
export async function userOf(context: UseCaseContext, identity: VerifiedIdentity): Promise<string> {
  const { database } = context.store;
  const presented = presentedBy(context, identity);
  const { issuer, subject } = presented;
  const hashes = presented.hashes.map(({ hash }) => hash);
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const users = await findIdentifiedUsers(database, { hashes, issuer, subject });
    const match = matchUser(users, presented);
    const id = await actOn(context, match, nowOf(users, match, { presented, identity }));
    if (id !== undefined) return id;
  }
  throw new DropError('internal_error', { message: 'the user changes faster than it can be written' });
}

/** What a returning user without any change is found by. */
export function identificationOf(context: UseCaseContext, identity: VerifiedIdentity): Identification {
  const { issuer, subject, name, nationalIdentityNumber } = identity;
  return { ...context.nationalIdentityHasher.current(nationalIdentityNumber), issuer, subject, name };
}

function presentedBy(context: UseCaseContext, identity: VerifiedIdentity): Presented {
  const { issuer, subject, nationalIdentityNumber } = identity;
  const parsed = parseNationalIdentityNumber(nationalIdentityNumber.reveal());
  const isDNumber = parsed.ok && parsed.number.kind === 'd_number';
  return {
    hashes: context.nationalIdentityHasher.candidates(nationalIdentityNumber),
    issuer,
    subject,
    isDNumber,
  };
}

/**
 * How the user is known from now on: under the current key, unless another row of the same person is already (a number
 * that two rows share under two keys); by the name that the issuer gives, if it gives one.
 */
function nowOf(
  users: readonly IdentifiedUser[],
  match: UserMatch,
  { presented, identity }: { presented: Presented; identity: VerifiedIdentity },
): Identification {
  const found = 'found' in match ? match.found : undefined;
  const [current = { hash: '', keyId: '' }] = presented.hashes;
  const isTaken = users.some((user) => user !== found && user.hash === current.hash);
  const { hash, keyId } = isTaken && found ? found : current;
  const { issuer, subject, name } = identity;
  return { hash, keyId, issuer, subject, name: name || (found?.name ?? '') };
}

/** Undefined if a concurrent request was faster. */
async function actOn(
  context: UseCaseContext,
  match: UserMatch,
  now: Identification,
): Promise<string | undefined> {
  switch (match.kind) {
    case 'new':
      return addUser(context, now);
    case 'known':
      return updateUser(context.store.database, match.found, now);
    case 'known_by_subject':
      return updateBySubject(context, match, now);
    case 'conflict':
      context.log('error', 'BankID contradicts what Drop knows of a person', {
        alert: 'identity_conflict',
        reason: match.reason,
        userIds: match.users.map(({ user }) => user.id),
      });
      await alertConflict(context, match);
      await tellRefusal(
        context,
        match.users.map(({ user }) => user.id),
      );
      throw new DropError('sign_in_identity_conflict', { message: match.reason, provider: 'bankid' });
  }
}

async function alertConflict(
  context: UseCaseContext,
  { reason, users }: Extract<UserMatch, { kind: 'conflict' }>,
): Promise<void> {
  const userIds = users.map(({ user }) => user.id);
  await meetCondition(context, 'identity_conflict', { subject: reason, parameters: { reason, userIds } });
}

type BySubject = Extract<UserMatch, { kind: 'known_by_subject' }>;

async function updateBySubject(
  context: UseCaseContext,
  match: BySubject,
  now: Identification,
): Promise<string | undefined> {
  return context.store.database.transaction().execute(async (transaction) => {
    const id = await updateUser(transaction, match.found, now);
    if (id !== undefined) await reportBySubject(context, transaction, { userId: id, match });
    return id;
  });
}

async function reportBySubject(
  context: UseCaseContext,
  transaction: OpenTransaction,
  { userId, match }: { userId: string; match: BySubject },
): Promise<void> {
  const { log } = context;
  switch (match.because) {
    case 'new_number':
      log('warn', 'a person came back under another national identity number', { userId });
      return raise(context, 'national_number_changed', { userId }, transaction);
    case 'unknown_key': {
      const { keyId } = match.found;
      const unknown = { userId, keyId };
      log('warn', 'a national identity number was hashed under a key that is not configured', unknown);
      return openConditionIn(context, transaction, 'hash_key_missing', {
        subject: keyId,
        parameters: { keyId },
      });
    }
  }
}

async function addUser(
  { store, clock, entropy }: UseCaseContext,
  now: Identification,
): Promise<string | undefined> {
  const { hash, keyId, issuer, subject, name } = now;
  const person = {
    id: entropy.uuid(),
    nationalIdHash: hash,
    nationalIdHashKeyId: keyId,
    issuer,
    subject,
    name,
  };
  return (await insertUser(store.database, { ...person, at: clock.now() }))?.id;
}

/** Most people come back as they were, and then nothing is written. */
async function updateUser(
  queries: Queries,
  found: IdentifiedUser,
  now: Identification,
): Promise<string | undefined> {
  const names = ['hash', 'keyId', 'issuer', 'subject', 'name'] as const;
  if (names.every((name) => found[name] === now[name])) return found.user.id;
  return (await identifyUser(queries, found, now)) ? found.user.id : undefined;
}
