import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tidy/tree.ts';
import { referenceFolders } from './reference.ts';
import type { Copy } from './copy.ts';

const heading = '## Add an open banking provider';
export const list = 'src/services/open-banking/providers.ts';

/** The made-up provider's two folders. */
export const folders = Object.values(referenceFolders).map((folderOf) => folderOf('fjord-pay'));

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

/** Begins the made-up provider, as the first step says. */
export async function addProvider({ shell }: Copy): Promise<void> {
  await shell('npm run --silent new-provider -- fjord-pay');
}
