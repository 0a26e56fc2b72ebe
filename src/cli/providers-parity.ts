import type { Command } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { routingParity, type Parity, type ParityReport } from '#usecases/operate/routing/parity.ts';
import { jsonLine } from './json-line.ts';
import { timeOrAge } from './option-values.ts';
import { plain } from './plain.ts';
import { onRunningDatabase } from './running-database.ts';
import { examples } from './filters.ts';

/** `drop providers parity`: whether two providers report the same balances. */
export function addParity(command: Command): void {
  command
    .command('parity')
    .description(
      'whether two providers reported the same balances of accounts that moved between them; changes nothing',
    )
    .option(
      '--since <time>',
      'compared at or after this time: 2026-02-23T14:30:00Z, or an age: 15m, 2h, 3d (default: all kept)',
      timeOrAge(systemClock),
    )
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('providers parity --since 7d'))
    .action(async ({ since = new Date(0), json }: { since?: Date; json?: true }) => {
      const report = await onRunningDatabase((context) => routingParity(context, since));
      process.stdout.write(json ? jsonLine(report) : parityText(report));
    });
}

function parityText({ pairs, differences }: ParityReport): string {
  const lines = [
    ...(pairs.length === 0 ? ['Nothing was compared.'] : pairs.flatMap(pairLines)),
    ...(differences.length === 0 ? [] : ['Accounts whose balances differed, the newest first:']),
    ...differences.map(
      ({ accountId, formerProvider, newProvider, apartMs = 0, at }) =>
        `  ${accountId}  ${at.toISOString().slice(0, 19)}Z  ` +
        `${formerProvider} → ${newProvider}, read ${apartMs} ms apart`,
    ),
  ];
  return lines.map((line) => `${plain(line)}\n`).join('');
}

function pairLines({ from, to, bank, compared, outcomes, faults }: Parity): string[] {
  const { equal, different, not_comparable: other, not_readable: unread } = outcomes;
  return [
    `${from} → ${to}  ${bank}: ${compared} compared`,
    `  ${equal} equal, ${different} different, ${other} not comparable, ${unread} not readable`,
    ...faults.map(({ code, provider, count }) => `  ${count} × ${code} at ${provider}`),
  ];
}
