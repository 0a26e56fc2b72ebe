import { Command, InvalidArgumentError } from 'commander';
import { readAuditSettings } from '#configuration/audit.ts';
import { systemClock } from '#domain/clock.ts';
import { paymentIdOf } from '#domain/payment/end-to-end-id.ts';
import { auditPartsOf, trustedKeys } from '#usecases/audit/context.ts';
import { verifyAudit, type AuditReport, type AuditScope } from '#usecases/audit/verify.ts';
import { actsCommand } from './audit-acts.ts';
import { verifyDocumentFile } from './audit-document.ts';
import { findingLine, isOfNothing, summaryOf } from './audit-text.ts';
import { jsonLine } from './json-line.ts';
import { dayOrAge } from './option-values.ts';
import { withRootBucket } from './root-bucket.ts';
import { onRunningDatabase } from './running-database.ts';
import { withExitCodes } from './exit-codes.ts';
import { examples } from './filters.ts';

/** `drop audit`: whether the audit trail, and what it records, is as it was written. */
export function auditCommand(): Command {
  const command = new Command('audit').description(
    'the audit trail, from DATABASE_URL or the embedded database of a running Drop',
  );
  const day = dayOrAge(systemClock);
  withExitCodes(
    command.command('verify'),
    '0 whole, 1 something was changed, or failure, 2 wrong use of the command line',
  )
    .description('verify chains, recorded rows and signed roots')
    .option('--since <day>', 'from this day of the trail on (UTC): 2026-02-23, or an age: 7d', day)
    .option('--until <day>', 'up to and including this day', day)
    .option('--payment <id>', 'the chain of one payment alone, without roots', paymentOf)
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('audit verify', 'audit verify --since 2026-02-23 --json'))
    .action(verify);
  withExitCodes(
    command.command('document'),
    '0 a document of Drop, 1 none, or failure, 2 wrong use of the command line',
  )
    .description('compare a PDF with the documents that Drop handed out')
    .argument('<file>', 'a confirmation or receipt, as it was downloaded')
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('audit document drop-receipt-2026-11-30-456789ab.pdf'))
    .action(verifyDocumentFile);
  command.addCommand(actsCommand());
  return command;
}

const databaseOnly =
  'Neither AUDIT_ROOTS_DIRECTORY nor S3_UPLOADS_BUCKET is set: roots are read from the database only.\n';

async function verify(options: AuditScope & { json?: true }, command: Command): Promise<void> {
  if (options.payment !== undefined && (options.since ?? options.until) !== undefined)
    command.error('error: give either --payment or days');
  if (options.since !== undefined && options.until !== undefined && options.since > options.until)
    command.error('error: --since is after --until');
  const settings = readAuditSettings();
  const audit = auditPartsOf(settings);
  if (settings.isDemoKey && settings.publicKeys.length === 0)
    process.stderr.write('No AUDIT_SIGNING_KEY is set: roots are held against the key of the sandbox.\n');
  const report = await onRunningDatabase(({ store: { database }, clock, entropy }) =>
    withRootBucket({ clock, entropy }, (bucket) => {
      if (!audit.files && !bucket) process.stderr.write(databaseOnly);
      const trust = { keys: trustedKeys(audit), files: audit.files, bucket };
      return verifyAudit({ database, clock, trust, onProgress: progressTo(process.stderr) }, options);
    }),
  );
  if (process.stderr.isTTY) process.stderr.write(emptied);
  process.stdout.write(options.json ? jsonLine(report) : textOf(report));
  if (report.found > 0 || isOfNothing(report)) process.exitCode = 1;
}

/** Drop's id, or the end-to-end identification. */
function paymentOf(text: string): string {
  const id = paymentIdOf(text);
  if (id === undefined)
    throw new InvalidArgumentError("Give Drop's id of the payment, or its end-to-end id.");
  return id;
}

function textOf(report: AuditReport): string {
  return [...report.findings.map(findingLine), ...summaryOf(report)].map((line) => `${line}\n`).join('');
}

/** Back to the beginning of the line, which is then empty. */
const emptied = '\r\u001B[K';

/** Overwrites one line, on a terminal only. */
function progressTo(
  stream: NodeJS.WriteStream,
): (report: Pick<AuditReport, 'chains' | 'entries' | 'roots'>) => void {
  return ({ chains, entries, roots }) => {
    if (stream.isTTY) stream.write(`${emptied}${entries} entries of ${chains} chains, ${roots} roots`);
  };
}
