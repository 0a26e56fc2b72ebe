import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { InboxError } from './errors.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

/** A commit that the test ends by hand. */
interface OpenCommit {
  items: readonly string[];
  end: () => void;
}

interface Bench {
  group: GroupCommit<string, string>;
  commits: OpenCommit[];
  /** The commits that are under way. */
  open(): OpenCommit[];
}

/** An item's text is its size in bytes. */
function bench(): Bench {
  const commits: OpenCommit[] = [];
  const underWay = new Set<OpenCommit>();
  const group = createGroupCommit<string, string>({
    clock: new ManualClock(),
    commit(items) {
      const { promise, resolve } = Promise.withResolvers<readonly string[]>();
      const commit = {
        items,
        end() {
          underWay.delete(commit);
          resolve(items.map((item) => `${item} kept`));
        },
      };
      commits.push(commit);
      underWay.add(commit);
      return promise;
    },
    isFaultOfAnItem: () => false,
    bytesOf: Number,
  });
  return { group, commits, open: () => [...underWay] };
}

const overheadBytes = 1_024;
const batchBytesMax = 4_194_304;
const waitingBytesMax = 67_108_864;

/** As many of these as fill a whole number of batches, and the waiting room. */
const quarter = String(batchBytesMax / 4 - overheadBytes);

async function turns(): Promise<void> {
  for (let count = 0; count < 5; count += 1) await turn();
}

/** The answer to an item in the next turns: the code of a refusal, or `waits`. */
async function answerTo(work: Promise<string>): Promise<string> {
  const refusal = work.catch((error: unknown) =>
    error instanceof InboxError ? error.code : 'another error',
  );
  return Promise.race([refusal, turns().then(() => 'waits')]);
}

describe('a batch', () => {
  it('holds at most 500 items', async () => {
    const { group, commits } = bench();
    const added = Array.from({ length: 501 }, () => group.add('1'));
    await turns();
    expect(commits.map(({ items }) => items.length)).toEqual([500]);
    commits[0]?.end();
    await turns();
    expect(commits.map(({ items }) => items.length)).toEqual([500, 1]);
    commits[1]?.end();
    await Promise.all(added);
  });

  it('holds at most 4 MiB, what each item takes beside its bytes included', async () => {
    const { group, commits, open } = bench();
    const added = Array.from({ length: 9 }, () => group.add(quarter));
    for (let count = 0; count < 3; count += 1) {
      await turns();
      for (const commit of open()) commit.end();
    }
    expect(commits.map(({ items }) => items.length)).toEqual([4, 4, 1]);
    await Promise.all(added);
  });

  it('takes an item that alone is larger than a batch', async () => {
    const { group, commits } = bench();
    const added = [group.add(String(batchBytesMax * 2)), group.add('1')];
    await turns();
    expect(commits.map(({ items }) => items.length)).toEqual([1]);
    commits[0]?.end();
    await turns();
    commits[1]?.end();
    expect(await Promise.all(added)).toEqual([`${batchBytesMax * 2} kept`, '1 kept']);
  });
});

describe('what waits', () => {
  it('is at most 64 MiB: one more item is refused at once', async () => {
    const { group } = bench();
    for (let bytes = 0; bytes < waitingBytesMax; bytes += batchBytesMax / 4) void group.add(quarter);
    expect(await answerTo(group.add('1'))).toBe('database_unavailable');
  });

  it('makes room when two commits have taken a batch each', async () => {
    const { group } = bench();
    for (let bytes = 0; bytes < waitingBytesMax; bytes += batchBytesMax / 4) void group.add(quarter);
    await turns();
    const more = Array.from({ length: 9 }, () => answerTo(group.add(quarter)));
    expect(await Promise.all(more)).toEqual([...Array<string>(8).fill('waits'), 'database_unavailable']);
  });

  it('is counted by what waits now, not by what ever waited', async () => {
    const { group, open } = bench();
    for (let round = 0; round < 200; round += 1) {
      const added = group.add(quarter);
      await turn();
      for (const commit of open()) commit.end();
      expect(await added).toBe(`${quarter} kept`);
    }
  });
});

describe('commits at once', () => {
  it('are two when many wait, and no more', async () => {
    const { group, commits } = bench();
    void group.add('1');
    await turns();
    for (let count = 0; count < 32; count += 1) void group.add('1');
    await turns();
    expect(commits.map(({ items }) => items.length)).toEqual([1, 32]);
    for (let count = 0; count < 100; count += 1) void group.add('1');
    await turns();
    expect(commits).toHaveLength(2);
  });

  it('stay one while few wait', async () => {
    const { group, commits } = bench();
    void group.add('1');
    await turns();
    for (let count = 0; count < 31; count += 1) void group.add('1');
    await turns();
    expect(commits).toHaveLength(1);
    commits[0]?.end();
    await turns();
    expect(commits.map(({ items }) => items.length)).toEqual([1, 31]);
  });
});
