// Keeps what the first screens took at each version that was measured. Run by itself, it draws the plot again.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import type { Growth, Plot } from './growth.ts';
import { draw } from './plot.ts';
import type { Visit } from './first-paint-visit.ts';

const results = new URL('first-paint.json', import.meta.url);
const drawing = new URL('../docs/images/first-paint.svg', import.meta.url);

/** A version and what opening the front page took: medians of the rounds. */
export interface FirstPaint {
  version: string;
  commit: string;
  /** When it was committed, ISO 8601. */
  committedAt: string;
  /** When it was measured, and how busy the machine was: times are longer on a busy one. */
  measuredAt: string;
  load: number;
  visitor: Visit;
  customer: Visit;
}

/** Every version measured so far, the oldest first. */
export async function readHistory(): Promise<FirstPaint[]> {
  const content = await readFile(results, 'utf8').catch(() => '[]');
  return JSON.parse(content) as FirstPaint[];
}

export const readDrawing = (): Promise<string> => readFile(drawing, 'utf8');

/** A measurement takes the place of an earlier one of the same commit. */
export function withMeasured(history: readonly FirstPaint[], measured: FirstPaint): FirstPaint[] {
  return [...history.filter(({ commit }) => commit !== measured.commit), measured].toSorted(
    (left, right) => Date.parse(left.committedAt) - Date.parse(right.committedAt),
  );
}

export async function writeHistory(history: readonly FirstPaint[]): Promise<void> {
  await writeFile(results, await format(JSON.stringify(history), { parser: 'json', printWidth: 110 }));
  await writeFile(drawing, draw(plotsOf(history)));
}

/** Bytes and times over the moments at which the versions were committed. */
export function plotsOf(history: readonly FirstPaint[]): Growth {
  const plot = (title: string, unit: string, reading: keyof Visit): Plot => ({
    title,
    unit,
    across: 'commit',
    isOverTime: true,
    lines: (['visitor', 'customer'] as const).map((name) => ({
      name,
      points: history.map((row) => ({ x: Date.parse(row.committedAt), y: row[name][reading] / 1_000 })),
    })),
  });
  return {
    measuredOn: history.at(-1)?.measuredAt.slice(0, 10) ?? 'never',
    plots: [
      plot('Script at start', 'kB, compressed', 'scriptBytes'),
      plot('First words on a slow phone', 'seconds', 'wordsMs'),
      plot('Usable on a slow phone', 'seconds', 'usableMs'),
    ],
  };
}

if (import.meta.main) await writeHistory(await readHistory());
