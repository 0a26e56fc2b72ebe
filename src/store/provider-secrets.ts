import { sql, type RawBuilder } from 'kysely';
import type { SealedPlace } from '#domain/sealer.ts';
import type { Queries } from './database.ts';

/** The consent or payment that a provider's secrets belong to, by Drop's own id of it. */
export interface SecretOwner {
  kind: 'consent' | 'payment';
  id: string;
}

/** Where the secrets of `owner` are sealed to. */
export function secretsPlace({ id }: SecretOwner): SealedPlace {
  return { table: 'provider_secrets', column: 'sealed', row: id };
}

/** The sealed secrets of `owner`; undefined while there are none. */
export async function findSecrets(
  queries: Queries,
  owner: SecretOwner,
  at: Date,
): Promise<string | undefined> {
  const row = await queries
    .selectFrom('provider_secrets')
    .select('sealed')
    .where('owner_id', '=', owner.id)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', at)]))
    .executeTakeFirst();
  return row?.sealed ?? undefined;
}

/** The right to change an owner's secrets, for one holder and for a time. */
export interface Lease {
  /** Unique for this holding. */
  holder: string;
  at: Date;
  until: Date;
}

/** `held`: another holder's lease still runs. `ended`: the owner has ended or does not exist, and keeps no secrets. */
export type LeaseAnswer =
  { kind: 'taken'; sealed: string | undefined } | { kind: 'held' } | { kind: 'ended' };

export async function takeLease(queries: Queries, owner: SecretOwner, lease: Lease): Promise<LeaseAnswer> {
  const { rows } = await taking(owner, lease).execute(queries);
  if (rows[0]) return { kind: 'taken', sealed: rows[0].sealed ?? undefined };
  return { kind: (await isKept(queries, owner)) ? 'held' : 'ended' };
}

/** Makes the row if the owner is open and has none. Secrets that have expired are deleted on the way. */
function taking(owner: SecretOwner, { holder, at, until }: Lease): RawBuilder<{ sealed: string | null }> {
  const column = sql.ref(owner.kind === 'consent' ? 'connection_id' : 'payment_id');
  return sql`
    insert into provider_secrets as kept (${column}, expires_at, lease_holder, leased_until)
    select open.id, open.expires_at, ${holder}::uuid, ${until}::timestamptz
    from (${openOwner(owner, at)}) as open
    on conflict (${column}) do update
    set expires_at = excluded.expires_at, lease_holder = excluded.lease_holder,
      leased_until = excluded.leased_until,
      sealed = case when kept.expires_at <= ${at}::timestamptz then null else kept.sealed end
    where kept.leased_until is null or kept.leased_until <= ${at}::timestamptz
    returning sealed
  `;
}

/** A consent that is never completed keeps its secrets for a day after their last change. */
const pendingMs = 86_400_000;

function openOwner({ kind, id }: SecretOwner, at: Date): RawBuilder<unknown> {
  if (kind === 'payment')
    return sql`
      select id, null::timestamptz as expires_at from transactions where id = ${id}::uuid and due_at is not null
    `;
  const pendingUntil = new Date(at.getTime() + pendingMs);
  return sql`
    select id, coalesce(valid_until, ${pendingUntil}::timestamptz) as expires_at
    from bank_connections where id = ${id}::uuid and (
      status in ('pending', 'active') or exists (select from consents_to_end where connection_id = ${id}::uuid)
    )
  `;
}

/** Stores new secrets and ends the lease, unless another holder has taken it over or the owner has ended. */
export async function writeSecrets(
  queries: Queries,
  owner: SecretOwner,
  { holder, sealed, at }: { holder: string; sealed: string; at: Date },
): Promise<'written' | 'taken_over' | 'ended'> {
  const { numUpdatedRows } = await queries
    .updateTable('provider_secrets')
    // The holder stays, so that a write whose confirmation was lost may be repeated.
    .set({ sealed, version: sql<number>`version + 1`, leased_until: at })
    .where('owner_id', '=', owner.id)
    .where('lease_holder', '=', holder)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return 'written';
  return (await isKept(queries, owner)) ? 'taken_over' : 'ended';
}

async function isKept(queries: Queries, { id }: SecretOwner): Promise<boolean> {
  const row = await queries
    .selectFrom('provider_secrets')
    .select('owner_id')
    .where('owner_id', '=', id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a lease without a change. */
export async function endLease(queries: Queries, owner: SecretOwner, holder: string): Promise<void> {
  await queries
    .updateTable('provider_secrets')
    .set({ leased_until: null })
    .where('owner_id', '=', owner.id)
    .where('lease_holder', '=', holder)
    .execute();
}

/** Deletes the secrets that have expired by `at`. */
export async function purgeExpiredSecrets(queries: Queries, at: Date): Promise<void> {
  await queries.deleteFrom('provider_secrets').where('expires_at', '<=', at).execute();
}
