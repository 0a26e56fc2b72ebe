import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { referenceFolders, withNames } from '../recipe/reference.ts';
import { root } from '../tidy/tree.ts';

/** The reference itself stands in the list where the recipe is followed. */
const providers = openBankingProviders.filter(({ id }) => (id as string) !== 'fjord-pay');

/** The files of a provider that `npm run new-provider` wrote and that were not touched since. */
function untouched(names: { id: string; displayName: string }): string[] {
  return Object.entries(referenceFolders).flatMap(([from, to]) => {
    const folder = to(names.id);
    return filesIn(from)
      .filter((file) => textOf(join(folder, file)) === withNames(textOf(join(from, file)) ?? '', names))
      .map((file) => join(folder, file));
  });
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1));
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

describe('every provider', () => {
  test.each(providers)('has files of its own: $displayName', (provider) => {
    expect(untouched(provider)).toEqual([]);
  });
});
