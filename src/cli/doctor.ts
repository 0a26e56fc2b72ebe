import { Resolver } from 'node:dns/promises';
import { Command } from 'commander';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import type { TextResolver } from '#doctor/mail-records.ts';
import { reportText } from './doctor-text.ts';
import { withExitCodes } from './exit-codes.ts';
import { examples } from './filters.ts';
import { jsonLine } from './json-line.ts';

interface DoctorOptions {
  online?: true;
  json?: true;
  dkimSelector?: string;
}

/** `drop doctor`: what is wrong with Drop as it is configured here, and what to do. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('what is wrong with Drop as it is configured here, and what to do; changes nothing')
    .option('--online', 'ask the providers, the public addresses and DNS, too')
    .option('--dkim-selector <name>', 'the selector of the mail provider, with --online')
    .option('--json', 'one JSON object')
    .addHelpText('after', examples('doctor', 'doctor --online', 'doctor --online --json'))
    .action(run);
  return withExitCodes(command, '0 no check failed, 1 one did, 2 wrong use of the command line');
}

async function run(options: DoctorOptions, command: Command): Promise<void> {
  const { json, dkimSelector } = options;
  if (dkimSelector !== undefined && !/^[a-z\d][\w.-]{0,62}$/i.test(dkimSelector))
    command.error('error: --dkim-selector is a name such as s1');
  // The checks need what a start of Drop needs, for which other commands do not wait.
  const { examine } = await import('#doctor/examine.ts');
  const report = await examine({
    clock: systemClock,
    entropy: systemEntropy,
    onDone: progressTo(process.stderr),
    online: options.online && { resolver: dnsResolver(), dkimSelector },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  process.stdout.write(json ? jsonLine(report) : reportText(report));
  if (report.summary.failed > 0) process.exitCode = 1;
  endSoon();
}

const dnsTimeoutMs = 3_000;
const dnsTriesMax = 2;

function dnsResolver(): TextResolver {
  return new Resolver({ timeout: dnsTimeoutMs, tries: dnsTriesMax });
}

/** Overwrites one line, on a terminal only. */
function progressTo(stream: NodeJS.WriteStream): (done: number, total: number) => void {
  return (done, total) => {
    if (stream.isTTY) stream.write(`\r  ${done} of ${total} checks`);
  };
}

const lingerMsMax = 1_000;

/** A connection that a check gave up may stay open for long, and nothing waits for it. */
function endSoon(): void {
  systemClock.schedule(lingerMsMax, () => process.exit());
}
