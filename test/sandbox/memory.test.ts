import { linkSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PlacedEmulator } from '#sandbox/emulators.ts';
import { openMemory } from '#sandbox/memory.ts';
import { newScratchDirectory } from '../support/scratch.ts';

async function directoryWith(text?: string): Promise<string> {
  const directory = await newScratchDirectory('drop-memory-');
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  if (text !== undefined) writeFileSync(join(directory, 'sandbox.json'), text);
  return directory;
}

/** An emulator that holds one number, and takes nothing else for its state. */
function counter(): { placed: PlacedEmulator; set(next: number): void; value(): number } {
  let held = 0;
  const emulator = {
    name: 'counter',
    reset: () => void (held = 0),
    persistence: {
      save: () => held,
      restore(state: unknown) {
        if (typeof state !== 'number') throw new TypeError('not a number');
        held = state;
      },
    },
  };
  return {
    placed: { emulator } as unknown as PlacedEmulator,
    set: (next) => (held = next),
    value: () => held,
  };
}

const keptIn = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => name.includes('unreadable'))
    .map((name) => readFileSync(join(directory, name), 'utf8'));

/** Opens and closes the memory, as one run of the sandbox does. */
function run(directory: string, attached = counter()): { hashKey: string; warnings: string[] } {
  const warnings: string[] = [];
  const memory = openMemory(directory, {
    onUnread: (message) => warnings.push(message),
    onUnsaved: () => undefined,
  });
  memory.attach([attached.placed]);
  memory.close();
  return { hashKey: memory.hashKey, warnings };
}

test('a restart finds the key and what the emulators held', async () => {
  const directory = await directoryWith();
  const [before, after] = [counter(), counter()];
  before.set(7);
  const first = run(directory, { ...before });
  const second = run(directory, after);
  expect(second).toEqual({ hashKey: first.hashKey, warnings: [] });
  expect(after.value()).toBe(7);
});

test('the file is replaced as a whole: what a kill interrupts leaves the one before', async () => {
  const directory = await directoryWith();
  const file = join(directory, 'sandbox.json');
  run(directory);
  const before = readFileSync(file, 'utf8');
  linkSync(file, join(directory, 'before'));
  const changed = counter();
  const memory = openMemory(directory, { onUnread: () => undefined, onUnsaved: () => undefined });
  memory.attach([changed.placed]);
  changed.set(7);
  memory.close();
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  expect(readFileSync(join(directory, 'before'), 'utf8')).toBe(before);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(`${file}.partial`, '{"hashKey":"interr');
  expect(run(directory, changed).warnings).toEqual([]);
});

describe('a file that cannot be read', () => {
  test.each([
    '',
    '{"hashKey":"abc","emul',
    'null',
    '[]',
    '{}',
    '{"hashKey":"","emulators":{}}',
    '{"hashKey":"k"}',
  ])('because it holds %j is kept aside, and told', async (text) => {
    const directory = await directoryWith(text);
    const { hashKey, warnings } = run(directory);
    expect(Buffer.from(hashKey, 'base64')).toHaveLength(32);
    expect(warnings).toEqual([
      expect.stringMatching(/sandbox\.json could not be read and is kept as .*--fresh/),
    ]);
    expect(keptIn(directory)).toEqual([text]);
    expect(run(directory)).toEqual({ hashKey, warnings: [] });
  });

  test.each([
    ['is no state of any', 'bm90IGEgc3RhdGU='],
    ['is the state of another version', serialize({ held: 7 }).toString('base64')],
  ])('in the part of one emulator, since it %s, costs that emulator its state alone', async (_what, held) => {
    const text = JSON.stringify({ hashKey: 'the key', emulators: { counter: held } });
    const directory = await directoryWith(text);
    const { hashKey, warnings } = run(directory);
    expect(hashKey).toBe('the key');
    expect(warnings).toEqual([expect.stringContaining('What counter held could not be read')]);
    expect(keptIn(directory)).toEqual([text]);
  });
});
