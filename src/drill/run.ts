import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { processEnvironment, readVariable } from '#configuration/environment.ts';
import { systemClock } from '#domain/clock.ts';
import { isDropError } from '#domain/errors.ts';
import { redactText } from '#domain/redaction.ts';
import { stopOnSignals } from '#process/signals.ts';
import { createTeardown } from '#process/teardown.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { buildWebIfStale, placeWebBuild, requireWebApp } from '#sandbox/web-build.ts';
import { customerSteps } from './customers.ts';
import { drill, type DrillResult, type Minute } from './drill.ts';
import { drillSubjects } from './outage.ts';
import { reportOf } from './report.ts';
import { startWorld } from './world.ts';

const minutesMax = 120;
const minutes = z.int().min(1).max(minutesMax);

/** What `drop drill` hands to the process of the drill, as JSON. */
const parametersSchema = z.strictObject({
  subject: z.string(),
  minutes: minutes.default(15),
  recovery: minutes.default(12),
  report: z.string().optional(),
  json: z.boolean().default(false),
});

/** One drill, from the start of the world to the file of its report. Ends the process. */
export async function runDrill(parameters: string): Promise<void> {
  try {
    process.exit(await run(parametersSchema.parse(JSON.parse(parameters))));
  } catch (error) {
    tell(redactText(isDropError(error) ? error.message : String(error)));
    process.exit(1);
  }
}

type Parameters = z.output<typeof parametersSchema>;

async function run({ subject, minutes: downMinutes, recovery, json, report }: Parameters): Promise<number> {
  if (!drillSubjects.includes(subject)) {
    tell(`There is no service ${subject} to take down. There are: ${drillSubjects.join(', ')}`);
    return 2;
  }
  requireWebApp();
  await placeWebBuild();
  await buildWebIfStale();
  const isProvider = openBankingProviders.some(({ id }) => id === subject);
  tell('Starting a database, the emulators and Drop, on a clock of their own');
  const teardown = createTeardown();
  stopOnSignals(teardown, { onFailure: (message, error) => tell(`${message}: ${String(error)}`) });
  const world = await startWorld({
    teardown,
    ...(isProvider && { provider: subject }),
    webReady: Promise.resolve(),
  });
  const options = { subject, downMinutes, recoveryMinutes: recovery, onMinute: tellMinute };
  const result = await drill(world, options).finally(world.close);
  const file = report ?? fileOf(subject);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, reportOf(result, systemClock.now()));
  process.stdout.write(json ? `${JSON.stringify(shownAsJson(result, file))}\n` : `${file}\n`);
  for (const each of result.remaining) tell(`Not as before: ${each}`);
  return result.remaining.length === 0 ? 0 : 1;
}

function fileOf(subject: string): string {
  const directory = readVariable(processEnvironment, 'DROP_DATA_DIR') ?? '.drop';
  const time = systemClock.now().toISOString().slice(0, 19).replaceAll(':', '-');
  return join(directory, 'drills', `drill-${subject}-${time}.md`);
}

function shownAsJson({ outcomes, ...result }: DrillResult, file: string): object {
  return { report: file, ...result, outcomes: Object.fromEntries(outcomes) };
}

function tellMinute({ minute, phase, answers, seen }: Minute): void {
  const failed = customerSteps.filter((step) => !answers[step].ok);
  const told = [...seen.slack, ...seen.betterStack, ...seen.people];
  const customers = failed.length === 0 ? 'everything works' : `customers cannot ${failed.join(', ')}`;
  tell([`minute ${minute}, ${phase}: ${customers}`, ...told.map((line) => `    ${line}`)].join('\n'));
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
