import { sql, type RawBuilder } from 'kysely';
import { allOf } from './conditions.ts';
import type { Queries } from './database.ts';

/** What an operator did, by the record that was written with it. */
export interface OperatorAct {
  kind: string;
  /** The id of the row, or of the act, within its kind. */
  id: string;
  at: Date;
  /** Null where the record has no name. */
  operator: string | null;
  act: string;
  /** What it was done to, by ids and fixed words. */
  about: string;
  reason: string | null;
}

/** The place of an act in the list. */
export type ActPlace = Pick<OperatorAct, 'at' | 'kind' | 'id'>;

/** An absent filter matches everything. */
export interface ActFilters {
  operator?: string | undefined;
  paymentId?: string | undefined;
  userId?: string | undefined;
  /** At or after. */
  since?: Date | undefined;
  /** Before. */
  until?: Date | undefined;
  /** The act after which the page begins. */
  after?: ActPlace | undefined;
}

/** Each gives one kind of acts, with the customer and the payment that they are about. */
const sources: readonly RawBuilder<unknown>[] = [
  sql`select 'payment_access' as kind, id::text, at, actor_name as operator,
      case what when 'timeline' then 'read payment' else 'asked bank' end as act,
      'payment ' || payment_id as about, why as reason, user_id, payment_id
    from payment_access_log`,
  sql`select 'customer_access', id::text, at, actor_name,
      case what when 'search' then 'found customer' when 'data' then 'read customer' else 'read webhook body' end,
      case what when 'webhook_body' then 'webhook ' || subject
        else coalesce('customer ' || user_id, 'customers by ' || subject) end,
      why, user_id, null::uuid
    from customer_access_log`,
  sql`select 'access', id::text, at, actor_name, 'read verification', 'customer ' || user_id, why, user_id, null::uuid
    from kyc_access_log where actor = 'operator'`,
  sql`select 'flag', id::text, changed_at, changed_by,
      case when is_on is null then 'unset flag' when is_on then 'set flag on' else 'set flag off' end,
      flag || coalesce(' for customer ' || user_id, ''), reason, user_id, null::uuid
    from flag_changes`,
  sql`select 'routing', version::text, changed_at, changed_by, 'routing: ' || kind, 'version ' || version,
      reason, null::uuid, null::uuid
    from routing_changes`,
  sql`select 'incident', id::text, at, actor_name, 'wrote record', 'incident ' || incident_id, note,
      null::uuid, null::uuid
    from incident_entries`,
  sql`select 'act', substr(chain, 5), at, facts::jsonb ->> 'operator', facts::jsonb ->> 'act',
      facts::jsonb ->> 'about', facts::jsonb ->> 'reason', null::uuid, null::uuid
    from audit_entries where chain >= 'act:' and chain < 'act;'`,
  sql`select 'replay', id::text, replayed_at, replayed_by, 'replayed webhooks',
      webhooks || ' webhooks', reason,
      null::uuid, null::uuid
    from webhook_replays`,
  sql`select 'retry', substr(chain, 7), at, facts::jsonb ->> 'operator', 'retried messages',
      coalesce(facts::jsonb ->> 'messages', '?') || ' messages', facts::jsonb ->> 'reason',
      null::uuid, null::uuid
    from audit_entries where chain >= 'retry:' and chain < 'retry;'`,
];

const names = sql`kind, id, at, operator, act, about, reason, user_id, payment_id`;

/** Operators' acts of every kind, the newest first. */
export async function listOperatorActs(
  queries: Queries,
  filters: ActFilters,
  limit: number,
): Promise<OperatorAct[]> {
  const inOrder = sql`order by at desc, kind collate "C", id collate "C" limit ${limit}`;
  const pages = sources.map(
    (source) => sql`(
      select * from (${source}) as each (${names}) where ${conditionOf(filters)} ${inOrder}
    )`,
  );
  const { rows } = await sql<OperatorAct>`
    select kind, id, at, operator, act, about, reason
    from (${sql.join(pages, sql` union all `)}) as found ${inOrder}
  `.execute(queries);
  return rows;
}

function conditionOf({ operator, paymentId, userId, since, until, after }: ActFilters): RawBuilder<boolean> {
  const isLater =
    after &&
    sql<boolean>`(at < ${after.at} or
    (kind collate "C", id collate "C") > (${after.kind}, ${after.id}))`;
  return allOf([
    [operator, sql`operator = ${operator}`],
    [paymentId, sql`payment_id = ${paymentId}`],
    [userId, sql`user_id = ${userId}`],
    [since, sql`at >= ${since}`],
    [until, sql`at < ${until}`],
    [after, sql`at <= ${after?.at} and ${isLater}`],
  ]);
}
