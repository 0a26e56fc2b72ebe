import { DropError } from '#domain/errors.ts';

export interface GroupCommitOptions<Item, Outcome> {
  /** Makes all of them durable by one commit, or none; an outcome for each, in their order. */
  commit: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  /** Whether it failed for what one of the items holds, so that the others deserve a commit without it. */
  isFaultOfAnItem: (error: unknown) => boolean;
  /** What an item weighs in memory, in bytes. */
  bytesOf: (item: Item) => number;
}

export interface GroupCommit<Item, Outcome> {
  /**
   * Resolves when the item is durable, with what became of it.
   *
   * @throws {DropError} `database_unavailable` when more waits than may; otherwise what `commit` threw.
   */
  add(item: Item): Promise<Outcome>;
}

interface Waiting<Item, Outcome> {
  item: Item;
  settle: PromiseWithResolvers<Outcome>;
}

const batchMax = 500;
const batchBytesMax = 4_194_304;
const waitingBytesMax = 67_108_864;
/** More at once would only wait for the same disk. */
const commitsAtOnceMax = 2;
/** Fewer wait for the commit that is under way, rather than cost one of their own. */
const worthACommit = 32;
/** What an item costs beside its own bytes. */
const overheadBytes = 1_024;

/**
 * Collects what comes while a commit is under way, and commits it together: many share one statement and one fsync,
 * and one that comes alone waits for nobody. Where many wait, another commit goes beside the one under way. An item
 * that is added after another was durable is committed after it.
 */
export function createGroupCommit<Item, Outcome>(
  options: GroupCommitOptions<Item, Outcome>,
): GroupCommit<Item, Outcome> {
  const { commit, isFaultOfAnItem } = options;
  const waiting: Waiting<Item, Outcome>[] = [];
  let waitingBytes = 0;
  let commits = 0;
  const bytesOf = ({ item }: Waiting<Item, Outcome>): number => options.bytesOf(item) + overheadBytes;

  function takeBatch(): Waiting<Item, Outcome>[] {
    let count = 0;
    let bytes = 0;
    for (const entry of waiting) {
      const next = bytes + bytesOf(entry);
      if (count === batchMax || (count > 0 && next > batchBytesMax)) break;
      count += 1;
      bytes = next;
    }
    waitingBytes -= bytes;
    return waiting.splice(0, count);
  }

  /** What became of each, or what to throw at each; a batch that failed for one of its items is taken apart. */
  async function commitBatch(batch: readonly Waiting<Item, Outcome>[]): Promise<() => void> {
    try {
      const outcomes = await commit(batch.map(({ item }) => item));
      return () => batch.forEach(({ settle }, index) => settle.resolve(outcomes[index] as Outcome));
    } catch (error) {
      if (batch.length === 1 || !isFaultOfAnItem(error))
        return () => batch.forEach(({ settle }) => settle.reject(error));
      for (const entry of batch) (await commitBatch([entry]))();
      return () => undefined;
    }
  }

  /** The last one goes on until nothing waits. */
  async function commitWhatWaits(): Promise<void> {
    let settle: () => void = () => undefined;
    while (waiting.length > 0 && (commits === 1 || waiting.length >= worthACommit)) {
      const committing = commitBatch(takeBatch());
      // The next batch is on its way first, so that the database works while this process answers the one before.
      setImmediate(settle);
      settle = await committing;
    }
    commits -= 1;
    settle();
  }

  return {
    add(item) {
      const entry = { item, settle: Promise.withResolvers<Outcome>() };
      if (waitingBytes + bytesOf(entry) > waitingBytesMax) {
        const message = 'more waits for a commit than may wait';
        return Promise.reject(new DropError('database_unavailable', { message }));
      }
      waiting.push(entry);
      waitingBytes += bytesOf(entry);
      if (commits === 0 || (commits < commitsAtOnceMax && waiting.length >= worthACommit)) {
        commits += 1;
        // What this turn of the event loop reads from other connections belongs to the same batch.
        setImmediate(() => void commitWhatWaits());
      }
      return entry.settle.promise;
    },
  };
}
