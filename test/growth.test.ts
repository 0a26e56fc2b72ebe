import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  plotsOf,
  readDrawing as readFirstPaint,
  readHistory,
  withMeasured,
  type FirstPaint,
} from '../bench/first-paint-history.ts';
import { readDrawing, readGrowth } from '../bench/growth-files.ts';
import { draw } from '../bench/plot.ts';
import { least } from '../bench/payments/least.ts';

test('the plot of growth is that of the measurements: npx node bench/growth-files.ts', async () => {
  const growth = await readGrowth();
  expect(growth?.plots).not.toEqual([]);
  expect(growth && draw(growth)).toBe(await readDrawing());
});

test('a plot has a mark for each measurement, its units, and both schemes of colours', () => {
  const lines = ['list', 'a < b'].map((name) => ({
    name,
    points: [
      { x: 10, y: 3 },
      { x: 1_000, y: 4 },
    ],
  }));
  const drawn = draw({
    measuredOn: '2026-11-30',
    plots: [{ title: 'p95', across: 'payments', unit: 'milliseconds', lines }],
  });
  expect(drawn.match(/class="mark"/g)).toHaveLength(4);
  for (const text of ['payments', 'milliseconds', '1,000', 'a &lt; b', 'prefers-color-scheme: dark'])
    expect(drawn).toContain(text);
});

test('the plot of first paints is that of the measurements: npx node bench/first-paint-history.ts', async () => {
  const history = await readHistory();
  expect(history).not.toEqual([]);
  expect(draw(plotsOf(history))).toBe(await readFirstPaint());
});

/** A version committed on a day of November, with `scriptBytes` for everyone. */
function firstPaint(commit: string, day: number, scriptBytes: number): FirstPaint {
  const visit = { wordsMs: 700, usableMs: 3_000, scriptBytes };
  const at = `2026-11-${day}T12:00:00+00:00`;
  return {
    version: '1.0.0',
    commit,
    committedAt: at,
    measuredAt: at,
    load: 1,
    visitor: visit,
    customer: visit,
  };
}

test('a version that is measured again takes the place of its row, and rows are in the order of commits', () => {
  const [old, recent, again] = [firstPaint('a', 10, 1), firstPaint('b', 20, 2), firstPaint('a', 10, 3)];
  expect(withMeasured(withMeasured([recent], old), again)).toEqual([again, recent]);
});

test('versions stand as far apart as the time between their commits, with the first and the last named', () => {
  const history = [firstPaint('a', 10, 1_000), firstPaint('b', 20, 1_000), firstPaint('c', 30, 1_000)];
  const drawn = draw(plotsOf(history));
  const line = /points="([^"]+)"/.exec(drawn)?.[1] ?? '';
  const [first = 0, middle = 0, last = 0] = line.split(' ').map((point) => Number(point.split(',')[0]));
  expect(middle - first).toBeCloseTo(last - middle);
  expect(drawn).toContain('11-10 12:00');
  expect(drawn).not.toContain('11-20');
});

test('docs/performance.md lists what the bench counts as the least', async () => {
  const text = await readFile('docs/performance.md', 'utf8');
  for (const [what, count] of Object.entries({ ...least.writes, ...least.reads }))
    expect(text).toMatch(new RegExp(`^\\| ${what} +\\| +${count} \\|`, 'm'));
});
