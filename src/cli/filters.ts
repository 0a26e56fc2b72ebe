import type { Command } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { timeOrAge, traceIdOf, uuidOf } from './option-values.ts';

/** The ids of the providers of open banking. */
export const providers = openBankingProviders.map(({ id }) => id);

/** The rules of these providers for orders without an answer. */
export const unanswered = Object.fromEntries(openBankingProviders.map((each) => [each.id, each.unanswered]));

/** Adds `--since` and `--until`, and refuses a range that ends before it begins. `did` is what happened then. */
export function addTimes(command: Command, did: string): Command {
  const time = timeOrAge(systemClock);
  return command
    .option(
      '--since <time>',
      `${did} at or after this time: 2026-02-23T14:30:00Z, or an age: 15m, 2h, 3d`,
      time,
    )
    .option('--until <time>', `${did} before this time`, time)
    .hook('preAction', (_, actual) => {
      const { since, until } = actual.opts<{ since?: Date; until?: Date }>();
      if (since && until && since >= until)
        actual.error(`error: --until ${until.toISOString()} is not after --since ${since.toISOString()}`);
    });
}

/** Adds the filters by what a call or a webhook belongs to. `noun` is what is listed, in the plural. */
export function addIds(command: Command, noun: string): Command {
  return command
    .option(
      '--payment <id>',
      `only ${noun} about this payment: Drop's id, the end-to-end id, or the provider's`,
    )
    .option('--user <id>', `only ${noun} about this customer, by Drop's id`, uuidOf)
    .option('--trace <id>', `only ${noun} of this trace`, traceIdOf);
}

/** The part of `--help` that shows how a command is used. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  npx drop ${line}`).join('\n')}`;
}
