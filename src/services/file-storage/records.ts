import type { DropError } from '#domain/errors.ts';
import type { Bucket, NewObject } from './bucket.ts';
import { isDown, noneAnswers } from './errors.ts';
import { recordKey } from './file-key.ts';
import type { KeptRecords } from './service.ts';

/** The records in `buckets`. `write` writes to the first of them that answers. */
export function createRecords(
  buckets: readonly Bucket[],
  write: (object: NewObject) => Promise<'written' | 'exists'>,
): KeptRecords {
  /** Looks in every bucket. The failures of those that are down go to `failures`. */
  async function find(key: string, failures: DropError[]): Promise<Buffer | undefined> {
    for (const bucket of buckets) {
      const there = await bucket.read(key).catch((error: unknown) => {
        if (!isDown(error)) throw error;
        failures.push(error);
      });
      if (there) return Buffer.from(there);
    }
    return undefined;
  }

  async function read(key: string): Promise<Buffer | undefined> {
    const failures: DropError[] = [];
    const there = await find(key, failures);
    if (!there && failures.length > 0) throw noneAnswers(failures);
    return there;
  }

  return {
    async keep(name, text) {
      const key = recordKey(name);
      const bytes = Buffer.from(text);
      const before = await find(key, []);
      if (before) return bytes.equals(before) ? 'kept' : 'differs';
      if ((await write({ key, type: 'text/plain', bytes })) === 'written') return 'kept';
      const there = await read(key);
      return there && bytes.equals(there) ? 'kept' : 'differs';
    },
    async read(name) {
      return (await read(recordKey(name)))?.toString();
    },
  };
}
