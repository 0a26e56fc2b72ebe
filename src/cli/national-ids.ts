import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { DropError } from '#domain/errors.ts';
import { hashKeysOf } from '#configuration/hash-keys.ts';
import { ownKeysOf } from '#configuration/own-keys.ts';
import { refuseChangedHashKeys } from '#usecases/operate/changed-keys.ts';
import {
  hashKeyStatus,
  rekeyNationalIds,
  type KeyStatus,
  type Rekeyed,
} from '#usecases/operate/national-ids/rekey.ts';
import { recordAct } from '#usecases/operate/record-act.ts';
import { actorOf, addAct, type ActOptions } from './author-options.ts';
import { jsonLine } from './json-line.ts';
import { withDatabase } from './with-database.ts';
import { examples } from './filters.ts';
import { tableText, type Column } from './table.ts';

interface RekeyOptions extends ActOptions {
  bornFrom: number;
  bornTo?: number;
  dryRun?: true;
  json?: true;
}

/** `drop national-ids`: shows the keys that hash national identity numbers, and moves hashes to the current key. */
export function nationalIdsCommand(): Command {
  const command = new Command('national-ids').description('the keys that hash national identity numbers');
  command
    .command('status')
    .description('count the users under each key')
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('national-ids status', 'national-ids status --json'))
    .action(status);
  addAct(
    command
      .command('rekey')
      .description('move hashes from former keys to the current one by trying every valid number'),
  )
    .option('--born-from <year>', 'first year of birth to try', yearOf, 1900)
    .option('--born-to <year>', 'last year of birth to try (default: this year)', yearOf)
    .option('--dry-run', 'count the users and change nothing')
    .option('--json', 'one JSON object')
    .addHelpText(
      'after',
      examples('national-ids rekey --dry-run', 'national-ids rekey --born-from 1990 --born-to 1990'),
    )
    .action(rekey);
  return command;
}

async function status({ json }: { json?: true }): Promise<void> {
  await withDatabase(async (context, config) => {
    const keys = await hashKeyStatus(context, hashKeysOf(config));
    const text = keys.length === 0 ? 'nobody is hashed\n' : tableText(columns, keys);
    write(json ? jsonLine({ keys }) : text);
    await refuseChangedHashKeys(context.store.database, ownKeysOf(config));
  });
}

async function rekey(options: RekeyOptions): Promise<void> {
  const dryRun = options.dryRun === true;
  const bornTo = options.bornTo ?? systemClock.now().getUTCFullYear();
  if (options.bornFrom > bornTo) {
    const message = `--born-from ${options.bornFrom} is after --born-to ${bornTo}: give the earlier year first`;
    throw new DropError('configuration_invalid', { message });
  }
  const result = await withDatabase(async (context, config) => {
    // Hashes that were moved to another key under the same id could not be found again.
    await refuseChangedHashKeys(context.store.database, ownKeysOf(config));
    const done = await rekeyNationalIds(context, {
      keys: hashKeysOf(config),
      bornFrom: options.bornFrom,
      bornTo,
      synthetic: config.DROP_ENVIRONMENT !== 'production',
      dryRun,
      onProgress: showProgress,
    });
    const act = { act: 'rekeyed national ids', about: `${done.moved} users` };
    if (!dryRun) await recordAct(context.store.database, context, { ...act, ...actorOf(options) });
    return done;
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  write(options.json ? jsonLine({ dryRun, ...result }) : textOf(result, dryRun));
}

function textOf({ moved, remaining }: Rekeyed, dryRun: boolean): string {
  const outcome = dryRun
    ? `${moved} users would be moved to the current key\n`
    : `${moved} users moved to the current key\n`;
  return outcome + (remaining.length === 0 ? 'no users under another key\n' : tableText(columns, remaining));
}

const columns: readonly Column<KeyStatus>[] = [
  { title: 'KEY', of: ({ keyId }) => keyId, min: 20 },
  { title: 'USERS', of: ({ users }) => String(users), min: 9, right: true },
  { title: 'STATE', of: ({ key }) => (key === 'unknown' ? 'unknown: this key is not configured' : key) },
];

function showProgress({ searched, of, found }: { searched: number; of: number; found: number }): void {
  if (process.stderr.isTTY) process.stderr.write(`\r  ${searched} of ${of} searched, ${found} users found`);
}

function yearOf(text: string): number {
  if (!/^(18|19|20)\d\d$/.test(text)) throw new InvalidArgumentError('It must be a year from 1800 to 2099.');
  return Number(text);
}

function write(text: string): void {
  process.stdout.write(text);
}
