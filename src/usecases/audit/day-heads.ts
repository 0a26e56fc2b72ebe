import { createMerkleTree, headLine, type ChainHead } from '#domain/audit/merkle.ts';
import type { RootStatement } from '#domain/audit/root.ts';
import { countEntriesOfDay, headsOfDay } from '#store/audit/days.ts';
import type { Queries } from '#store/database.ts';

/** The statement of a root about a day's entries. */
export type DayState = Pick<RootStatement, 'day' | 'chains' | 'entries' | 'heads'>;

/** Computes what the root of `day` states, and passes on each head meanwhile. */
export async function readDayState(
  queries: Queries,
  day: string,
  onHead: (head: ChainHead) => void = () => undefined,
): Promise<DayState> {
  const tree = createMerkleTree();
  let chains = 0;
  for await (const head of headsOfDay(queries, day)) {
    tree.add(headLine(head));
    onHead(head);
    chains += 1;
  }
  const entries = await countEntriesOfDay(queries, day);
  return { day, chains, entries, heads: tree.root().toString('hex') };
}

/** The lines of the file that lists the heads. */
export async function* headLines(queries: Queries, day: string): AsyncGenerator<string> {
  for await (const head of headsOfDay(queries, day)) yield headLine(head);
}
