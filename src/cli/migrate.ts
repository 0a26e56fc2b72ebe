import { Command } from 'commander';
import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { isDropError } from '#domain/errors.ts';
import { listMissing, migrate } from '#store/migrate.ts';
import { describeProgress, type MigrationProgress } from '#store/upgrade/progress.ts';
import { refuseTwoDatabases } from '#usecases/operate/database-addresses.ts';
import { databaseFault } from '#store/database-fault.ts';
import { jsonLine } from './json-line.ts';
import { plain } from './plain.ts';
import { directDatabase } from './running-database.ts';

interface MigrateCommandOptions {
  dryRun?: boolean;
  json?: boolean;
}

/** `drop migrate`: brings the database to the schema of this version, ahead of its start. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'bring the database to the newest schema: DATABASE_DIRECT_URL, DATABASE_URL, or the one of a running Drop',
    )
    .option('--dry-run', 'list the missing migrations and change nothing')
    .option('--json', 'one JSON object')
    .addHelpText('after', '\nExamples:\n  npx drop migrate --dry-run\n  npx drop migrate')
    .action(run);
}

async function run({ dryRun = false, json = false }: MigrateCommandOptions): Promise<void> {
  const place = await directDatabase();
  const { url } = place;
  await refuseOtherDatabase(url);
  const work = dryRun ? listMissing(url) : migrate(url, { onProgress: showProgress });
  const migrations = await work.catch((error: unknown) => {
    throw databaseFault(error, place);
  });
  process.stdout.write(json ? jsonLine({ dryRun, migrations }) : textOf(migrations, dryRun));
}

/** Where both addresses are set, they must lead to one database. A pooler that does not answer is no reason to wait. */
async function refuseOtherDatabase(directUrl: string): Promise<void> {
  const url = readVariable(processEnvironment, 'DATABASE_URL') ?? directUrl;
  if (url === directUrl) return;
  await refuseTwoDatabases({ url, directUrl }).catch((error: unknown) => {
    if (isDropError(error)) throw error;
  });
}

function textOf(migrations: readonly string[], dryRun: boolean): string {
  if (migrations.length === 0) return 'the database has every migration\n';
  return migrations.map((name) => `${name} ${dryRun ? 'is missing' : 'is applied'}\n`).join('');
}

function showProgress(progress: MigrationProgress): void {
  if (progress.step === 'applied') return;
  process.stderr.write(`${describeProgress(progress)}\n`);
  if (progress.step !== 'waiting_for_lock') return;
  for (const { pid, application, openSeconds } of progress.transactions)
    process.stderr.write(
      `  process ${pid} (${plain(application)}) has a transaction open for ${openSeconds} s\n`,
    );
}
