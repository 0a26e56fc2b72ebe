import { sql, type Expression, type ExpressionBuilder, type Selectable, type SqlBool } from 'kysely';
import type pg from 'pg';
import type { Queries } from './database.ts';
import { sha256 } from './hash.ts';
import { prepared, runPrepared } from './prepared.ts';
import type { Schema } from './schema.ts';

export interface KeptSignIn {
  state: string;
  nonce: string;
  codeVerifier: string;
  redirectUri: string;
  /** A path on Drop's own site. */
  returnTo: string;
}

/** The owner of a sign-in: the browser that holds the cookie, or the app that holds the challenge's verifier. */
export type SignInOwner = { browserToken: string } | { appChallenge: string };

/** Stores what is needed to complete a sign-in when the customer returns. */
export async function keepSignIn(
  queries: Queries,
  signIn: KeptSignIn,
  binding: { owner: SignInOwner; at: Date; expiresAt: Date },
): Promise<void> {
  const { owner } = binding;
  await queries
    .insertInto('sign_in_transactions')
    .values({
      state_hash: sha256(signIn.state),
      browser_hash: 'browserToken' in owner ? sha256(owner.browserToken) : null,
      app_challenge: 'appChallenge' in owner ? owner.appChallenge : null,
      nonce: signIn.nonce,
      code_verifier: signIn.codeVerifier,
      redirect_uri: signIn.redirectUri,
      return_to: signIn.returnTo,
      created_at: binding.at,
      expires_at: binding.expiresAt,
    })
    .execute();
}

const keptColumns = ['nonce', 'code_verifier', 'redirect_uri', 'return_to'] as const;

/** Prepared, because every browser sign-in runs this statement. */
const taking = prepared(
  'take_sign_in',
  `
    update sign_in_transactions set consumed_at = $3
    where state_hash = $1 and browser_hash = $2 and consumed_at is null and expires_at > $3
    returning ${keptColumns.join(', ')}
  `,
);

/** Consumes a browser's sign-in; undefined when it is unknown, used, expired or started by another browser. */
export async function takeSignIn(
  pool: Pick<pg.Pool, 'query'>,
  state: string,
  binding: { browserToken: string; at: Date },
): Promise<KeptSignIn | undefined> {
  const values = [sha256(state), sha256(binding.browserToken), binding.at.toISOString()];
  const { rows } = await runPrepared<SignInRow>(pool, taking, values);
  return rows[0] && toKeptSignIn(state, rows[0]);
}

/** A browser's sign-in in any state. */
export interface PastSignIn extends KeptSignIn {
  /** Whether the requesting browser started it. */
  isOwn: boolean;
  takenAt: Date | undefined;
  /** When its result became known. */
  endedAt: Date | undefined;
  expiresAt: Date;
}

/** The sign-in with that state, started by this or another browser. Does not change it. */
export async function findPastSignIn(
  queries: Queries,
  state: string,
  browserToken: string | undefined,
): Promise<PastSignIn | undefined> {
  const browserHash = browserToken === undefined ? null : sha256(browserToken);
  const row = await queries
    .selectFrom('sign_in_transactions')
    .select(keptColumns)
    .select(['consumed_at', 'ended_at', 'expires_at'])
    .select(sql<boolean>`browser_hash is not distinct from ${browserHash}`.as('is_own'))
    .where('state_hash', '=', sha256(state))
    .where('browser_hash', 'is not', null)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    ...toKeptSignIn(state, row),
    isOwn: row.is_own,
    takenAt: row.consumed_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
    expiresAt: row.expires_at,
  };
}

/** Records that the result of a consumed sign-in is known. */
export async function endSignIn(queries: Queries, state: string, at: Date): Promise<void> {
  await queries
    .updateTable('sign_in_transactions')
    .set({ ended_at: at })
    .where('state_hash', '=', sha256(state))
    .execute();
}

export interface WaitingAppSignIn {
  appChallenge: string;
  redirectUri: string;
}

/** The app sign-in that is waiting for `state`. Does not consume it. */
export async function findAppSignIn(
  queries: Queries,
  state: string,
  at: Date,
): Promise<WaitingAppSignIn | undefined> {
  const row = await queries
    .selectFrom('sign_in_transactions')
    .select(['app_challenge', 'redirect_uri'])
    .where(isWaitingApp(state, at))
    .executeTakeFirst();
  if (!row || row.app_challenge === null) return undefined;
  return { appChallenge: row.app_challenge, redirectUri: row.redirect_uri };
}

/** Consumes an app's sign-in. Of several concurrent callers, one gets it. */
export async function takeAppSignIn(
  queries: Queries,
  state: string,
  at: Date,
): Promise<KeptSignIn | undefined> {
  const row = await queries
    .updateTable('sign_in_transactions')
    .set({ consumed_at: at })
    .where(isWaitingApp(state, at))
    .returning(keptColumns)
    .executeTakeFirst();
  return row && toKeptSignIn(state, row);
}

export async function purgeOldSignIns(queries: Queries, before: Date): Promise<void> {
  await queries.deleteFrom('sign_in_transactions').where('expires_at', '<', before).execute();
}

type SignInCondition = (where: ExpressionBuilder<Schema, 'sign_in_transactions'>) => Expression<SqlBool>;

function isWaitingApp(state: string, at: Date): SignInCondition {
  return (where) =>
    where.and([
      where('state_hash', '=', sha256(state)),
      where('app_challenge', 'is not', null),
      where('consumed_at', 'is', null),
      where('expires_at', '>', at),
    ]);
}

type SignInRow = Pick<Selectable<Schema['sign_in_transactions']>, (typeof keptColumns)[number]>;

function toKeptSignIn(state: string, row: SignInRow): KeptSignIn {
  return {
    state,
    nonce: row.nonce,
    codeVerifier: row.code_verifier,
    redirectUri: row.redirect_uri,
    returnTo: row.return_to,
  };
}
