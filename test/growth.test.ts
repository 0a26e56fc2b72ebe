import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
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

test('docs/performance.md lists what the bench counts as the least', async () => {
  const text = await readFile('docs/performance.md', 'utf8');
  for (const [what, count] of Object.entries({ ...least.writes, ...least.reads }))
    expect(text).toMatch(new RegExp(`^\\| ${what} +\\| +${count} \\|`, 'm'));
});
