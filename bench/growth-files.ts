// Reads and writes what the plot of growth is made of. Run by itself, it draws the plot again from `growth.json`.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import type { Growth } from './growth.ts';
import { draw } from './plot.ts';

const results = new URL('growth.json', import.meta.url);
const drawing = new URL('../docs/images/growth.svg', import.meta.url);

/** The latest measurement; undefined before the first. */
export async function readGrowth(): Promise<Growth | undefined> {
  const content = await readFile(results, 'utf8').catch(() => undefined);
  return content === undefined ? undefined : (JSON.parse(content) as Growth);
}

export const readDrawing = (): Promise<string> => readFile(drawing, 'utf8');

export async function writeGrowth(growth: Growth): Promise<void> {
  await writeFile(results, await format(JSON.stringify(growth), { parser: 'json', printWidth: 110 }));
  await writeFile(drawing, draw(growth));
}

if (import.meta.main) {
  const growth = await readGrowth();
  if (growth) await writeGrowth(growth);
}
