import { Command } from 'commander';
import { expect, test } from 'vitest';
import { nextPage } from './next-page.ts';

function parsed(...words: string[]): Command {
  const list = new Command('list')
    .option('--since <time>', '', (text) => new Date(text))
    .option('--bank <name>')
    .option('--amount <kroner>', '', (text) => Number(text) * 100)
    .option('--limit <n>', '', Number, 50)
    .option('--after <id>')
    .option('--json')
    .action(() => undefined);
  new Command('drop')
    .addCommand(new Command('payments').addCommand(list))
    .parse(['payments', 'list', ...words], {
      from: 'user',
    });
  return list;
}

test('the next page keeps the filters that were typed, and no defaults', () => {
  const list = parsed(
    '--bank',
    "Sør's bank",
    '--since',
    '2026-02-23',
    '--json',
    '--amount',
    '12',
    '--after',
    'old',
  );
  const texts = { amount: (oere: number) => `${oere / 100}.00` };
  expect(nextPage(list, { after: 'new' }, texts)).toBe(
    `npx drop payments list --since 2026-02-23T00:00:00.000Z --bank 'Sør'\\''s bank' --amount 12.00 --after new --json`,
  );
});

test('a cursor that was not typed is added', () => {
  expect(nextPage(parsed(), { after: 7 })).toBe('npx drop payments list --after 7');
});
