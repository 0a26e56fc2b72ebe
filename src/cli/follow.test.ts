import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ManualClock } from '#domain/clock.ts';
import { follow, untilClosed } from './follow.ts';

interface Entry {
  id: number;
  status: string;
}

const entry = (id: number, status = 'new'): Entry => ({ id, status });

test('a followed list prints what is new or has changed, the oldest first, until it is stopped', async () => {
  const pages = [
    [entry(2), entry(1)],
    [entry(2), entry(1)],
    [entry(3), entry(2, 'done'), entry(1)],
  ];
  const written: string[] = [];
  let reads = 0;
  const stopping = new AbortController();
  const clock = new ManualClock();
  const following = follow<Entry>(
    {
      read: async () => pages[Math.min(reads++, 2)] ?? [],
      idOf: ({ id }) => `${id}`,
      lineOf: ({ id, status }) => `${id} ${status}\n`,
      write: (text) => written.push(text),
    },
    { clock, signal: stopping.signal },
  );

  for (let round = 0; round < 3; round += 1) {
    await setImmediate();
    clock.advance(2_000);
  }
  await setImmediate();
  stopping.abort();
  await following;
  expect(written.join('|')).toBe('1 new\n2 new\n||2 done\n3 new\n|');
});

test('a list that cannot be read any more ends with the fault', async () => {
  const read = () => Promise.reject(new Error('gone'));
  const parts = { read, idOf: String, lineOf: String, write: () => undefined };
  const how = { clock: new ManualClock(), signal: new AbortController().signal };
  await expect(follow(parts, how)).rejects.toThrow('gone');
});

test('a followed list ends when its reader has closed the pipe', () => {
  const output = new PassThrough();
  const signal = untilClosed(output);
  expect(signal.aborted).toBe(false);
  output.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  expect(signal.aborted).toBe(true);
});
