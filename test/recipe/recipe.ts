import { readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../tidy/tree.ts';
import type { Copy } from './copy.ts';

const heading = '## Add an open banking provider';
export const list = 'src/services/open-banking/providers.ts';

/** A new provider's two folders: where they wait, and where the recipe puts them. */
export const folders = {
  'test/recipe/fjord-pay': 'src/services/open-banking/fjord-pay',
  'test/recipe/fjord-pay-subject': 'test/conformance/fjord-pay',
};

const importLine = "import { fjordPay } from './fjord-pay/provider.ts';";
const entry = '  fjordPay,';

/** The steps of the recipe in CONTRIBUTING.md, as they stand there. */
export function stepsOfRecipe(): string[] {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const section = text.split(`${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\d+\. (.+(?:\n {3}.+)*)/gm)].map(([, step = '']) =>
    step.replaceAll('\n   ', ' '),
  );
}

/** The commands of the recipe's steps, in their order. */
export function commandsOfRecipe(): string[] {
  return stepsOfRecipe().flatMap((step) =>
    [...step.matchAll(/`((?:npm run|npx) [^`<]+)`/g)].map(([, found = '']) => found),
  );
}

/** Makes the folders, and adds the import and the entry to the list. */
export async function addProvider({ directory }: Copy): Promise<void> {
  for (const [from, to] of Object.entries(folders))
    await cp(join(root, from), join(directory, to), { recursive: true });
  const before = await readFile(join(directory, list), 'utf8');
  const lines = before.split('\n');
  const lastImport = lines.findLastIndex((line) => line.startsWith('import '));
  const listEnd = lines.findIndex((line) => line.startsWith('] as const'));
  const added = lines.toSpliced(listEnd, 0, entry).toSpliced(lastImport + 1, 0, importLine);
  await writeFile(join(directory, list), added.join('\n'));
}
