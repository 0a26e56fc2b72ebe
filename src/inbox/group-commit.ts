import type { Clock } from './clock.ts';
import { InboxError } from './errors.ts';

export interface GroupCommitOptions<Item, Outcome> {
  clock: Pick<Clock, 'afterTurn'>;
  /** Makes all items durable by one commit, or none. Returns an outcome for each, in their order. */
  commit: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  /** Whether a commit failed because of one item's content, so that the others are committed without it. */
  isFaultOfAnItem: (error: unknown) => boolean;
  /** An item's size in memory, in bytes. */
  bytesOf: (item: Item) => number;
}

export interface GroupCommit<Item, Outcome> {
  /**
   * Resolves with the item's outcome when the item is durable.
   *
   * @throws {InboxError} `database_unavailable` when too many bytes are waiting; otherwise what `commit` threw.
   */
  add(item: Item): Promise<Outcome>;
}

interface Settlement<Outcome> {
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

interface Waiting<Item, Outcome> {
  item: Item;
  settle: Settlement<Outcome>;
}

const batchMax = 500;
const batchBytesMax = 4_194_304;
const waitingBytesMax = 67_108_864;
/** More commits at once would wait for the same disk. */
const commitsAtOnceMax = 2;
/** Fewer items wait for the commit under way, since a commit of their own costs more than it gains. */
const secondCommitItemsMin = 32;
/** The memory that an item takes beside its own bytes. */
const overheadBytes = 1_024;

/**
 * Collects the items that arrive while a commit is under way, and commits them together, so that many share one
 * statement and one fsync. An item that arrives alone is committed at once. When many wait, a second commit starts
 * beside the one under way. An item that is added after another one was durable is committed after it.
 */
export function createGroupCommit<Item, Outcome>(
  options: GroupCommitOptions<Item, Outcome>,
): GroupCommit<Item, Outcome> {
  const { clock, commit, isFaultOfAnItem } = options;
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

  /** Returns how to settle the batch. A batch that failed because of one item is committed item by item. */
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

  /** The last commit loop goes on until no item waits. */
  async function commitWaiting(): Promise<void> {
    let settle: () => void = () => undefined;
    while (waiting.length > 0 && (commits === 1 || waiting.length >= secondCommitItemsMin)) {
      const committing = commitBatch(takeBatch());
      // The next batch is sent first, so that the database works while this process answers the batch before.
      clock.afterTurn(settle);
      settle = await committing;
    }
    commits -= 1;
    settle();
  }

  return {
    add(item) {
      const bytes = options.bytesOf(item) + overheadBytes;
      if (waitingBytes + bytes > waitingBytesMax) {
        const message = 'too many bytes are waiting for a commit';
        return Promise.reject(new InboxError('database_unavailable', { message }));
      }
      const outcome = new Promise<Outcome>((resolve, reject) => {
        waiting.push({ item, settle: { resolve, reject } });
      });
      waitingBytes += bytes;
      if (commits === 0 || (commits < commitsAtOnceMax && waiting.length >= secondCommitItemsMin)) {
        commits += 1;
        // Items that this turn of the event loop reads from other connections join the same batch.
        clock.afterTurn(() => void commitWaiting());
      }
      return outcome;
    },
  };
}
