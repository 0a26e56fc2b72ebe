import { sql } from 'kysely';
import type { Queries } from './database.ts';
import type { SessionKind } from './tables/sign-in.ts';

/** A kind of device of a user. `program` and `system` are empty where they are not known. */
export interface KnownDevice {
  userId: string;
  kind: SessionKind;
  program: string;
  system: string;
}

/**
 * Notes that a user signed in on a device. True if the user has signed in before, and never on a device of this kind.
 */
export async function noteDevice(queries: Queries, device: KnownDevice & { at: Date }): Promise<boolean> {
  const { userId, kind, program, system, at } = device;
  const { rows } = await sql<{ isNew: boolean }>`
    with added as (
      insert into known_devices (user_id, kind, program, system, first_seen_at, last_seen_at)
      values (${userId}, ${kind}, ${program}, ${system}, ${at}, ${at})
      on conflict (user_id, kind, program, system) do nothing
      returning user_id
    ), seen as (
      update known_devices set last_seen_at = ${at}
      where user_id = ${userId} and kind = ${kind} and program = ${program} and system = ${system}
        and last_seen_at < ${at}
    )
    select exists (select from added)
      -- A statement does not see the rows that it adds.
      and exists (select from known_devices where user_id = ${userId}) as "isNew"
  `.execute(queries);
  return rows[0]?.isNew ?? false;
}

/** Deletes the devices last seen before `before`, but of each user the one seen last. */
export async function purgeKnownDevices(queries: Queries, before: Date): Promise<void> {
  await queries
    .deleteFrom('known_devices as old')
    .where('old.last_seen_at', '<', before)
    .where((where) =>
      where.exists(
        where
          .selectFrom('known_devices as newer')
          .select('newer.user_id')
          .whereRef('newer.user_id', '=', 'old.user_id')
          .whereRef('newer.last_seen_at', '>', 'old.last_seen_at'),
      ),
    )
    .execute();
}
