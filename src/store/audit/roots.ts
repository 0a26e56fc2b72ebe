import type { SignedRoot } from '#domain/audit/root.ts';
import type { Queries } from '../database.ts';

/** The signed root of a day. */
export interface KeptRoot extends SignedRoot {
  day: string;
}

/** Stores a root; one that is there stays. */
export async function insertRoot(queries: Queries, root: KeptRoot): Promise<void> {
  const { day, statement, publicKey, signature } = root;
  await queries
    .insertInto('audit_roots')
    .values({ day, statement, public_key: publicKey, signature })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const columns = ['day', 'statement', 'public_key as publicKey', 'signature'] as const;

/** The root of `day`, or of the last day that has one. */
export async function findRoot(queries: Queries, day?: string): Promise<KeptRoot | undefined> {
  const roots = queries.selectFrom('audit_roots').select(columns).orderBy('day', 'desc').limit(1);
  return (day === undefined ? roots : roots.where('day', '=', day)).executeTakeFirst();
}

/** The first day that has a root. */
export async function firstDayOfRoots(queries: Queries): Promise<string | undefined> {
  const first = queries.selectFrom('audit_roots').select('day').orderBy('day').limit(1);
  return (await first.executeTakeFirst())?.day;
}
