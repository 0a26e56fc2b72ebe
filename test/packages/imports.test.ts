import { describe, expect, test } from 'vitest';
import { importsOf } from '../tidy/imports-of.ts';
import { isCode, isTest, readTree, type TextFile } from '../tidy/tree.ts';

const files = readTree().files.filter(({ path }) => isCode(path) && !isTest(path));
const within = (folder: string): TextFile[] => files.filter(({ path }) => path.startsWith(folder));

/** What the files of `folder` import from outside it. */
function importedBy(folder: string): string[] {
  const imported = within(folder)
    .flatMap(importsOf)
    .map(({ specifier, target }) => target ?? specifier)
    .filter((name) => !name.startsWith(folder) && !name.startsWith('node:'));
  return [...new Set(imported)].toSorted();
}

describe('the guarded call', () => {
  test('imports nothing but undici', () => {
    expect(importedBy('src/outbound/')).toEqual(['undici']);
  });

  test('is made for Drop in one place, which gives it Drop’s errors', () => {
    const named = within('src/').filter(({ text }) => text.includes('createGuardedOutbound'));
    const makers = named.filter((file) =>
      importsOf(file).some(({ names }) => names.includes('createGuardedOutbound')),
    );
    expect(makers.map(({ path }) => path)).toEqual(['src/services/guarded-call.ts']);
  });
});

test('the inbox imports nothing', () => {
  expect(importedBy('src/inbox/')).toEqual([]);
});

test.each(['src/outbound/', 'src/inbox/'])('the files of %s do not speak of Drop', (folder) => {
  expect(within(folder).length).toBeGreaterThan(0);
  expect(within(folder).filter(({ text }) => /\bdrop\b(?!ped)/i.test(text))).toEqual([]);
});

test.each([
  ['guarded-call', 'src/outbound/'],
  ['webhook-inbox', 'src/inbox/'],
])('the package %s consists of %s and a clock', (name, folder) => {
  const others = importedBy(`packages/${name}/`).filter((path) => !path.startsWith(folder));
  expect(others).toEqual(['src/domain/clock.ts']);
  expect(importedBy('src/domain/clock.ts')).toEqual([]);
});
