import { readFile } from 'node:fs/promises';
import { describe, expect, inject, test } from 'vitest';
import { detect } from './detection.ts';
import { detectionsIn, documentOf } from './document.ts';
import { mutations } from './mutations.ts';

const page = '../../docs/planted-bugs.md';
const kept = detectionsIn(await readFile(new URL(page, import.meta.url), 'utf8'));

test('each guard of the list is in its file once', async () => {
  for (const { name, file, text } of mutations)
    expect((await readFile(file, 'utf8')).split(text), name).toHaveLength(2);
});

test('each planted bug is found, and docs/planted-bugs.md says how', async () => {
  expect(mutations.filter(({ name }) => !kept.has(name))).toEqual([]);
  await expect(await documentOf(mutations, kept)).toMatchFileSnapshot(page);
});

test('without a planted bug, every staged scenario is sound', async () => {
  expect(await detect(undefined, 'stage', [inject('postgresUrl')])).toBeUndefined();
});

describe.concurrent('what the simulator cannot see is found in its staged scenario:', () => {
  test.each(mutations.filter(({ unseen }) => unseen !== undefined))('$name', async ({ name }) => {
    const { where, found } = kept.get(name) ?? { where: 'none', found: 'nothing' };
    expect(await detect(name, 'stage', [inject('postgresUrl'), where])).toMatchObject({ found, where });
  });
});
