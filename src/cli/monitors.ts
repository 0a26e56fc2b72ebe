import { Command } from 'commander';
import { DropError } from '#domain/errors.ts';
import { applyPlan } from '#services/better-stack/monitors/apply.ts';
import type { Change } from '#services/better-stack/monitors/diff.ts';
import { isAlarming } from '#services/better-stack/monitors/findings.ts';
import {
  adopt,
  planAdoption,
  planDestruction,
  planMonitors,
  placeOfDeclared,
  requireUnblocked,
} from '#services/better-stack/monitors/plan.ts';
import { addAct, type ActOptions } from './author-options.ts';
import { withExitCodes } from './exit-codes.ts';
import { examples } from './filters.ts';
import { jsonLine } from './json-line.ts';
import { addHeartbeats } from './monitors-heartbeats.ts';
import { recordMonitoring } from './monitors-record.ts';
import { withMonitoring } from './monitors-settings.ts';
import { candidateText, changeJson, changeTitle, doneText, findingLines, planText } from './monitors-text.ts';

/** The exit code of `plan` and `drift` where BetterStack is not as declared. */
const differsExitCode = 2;

interface Options {
  json?: true;
}

interface ChangeOptions extends Options, ActOptions {
  yes?: true;
  dryRun?: true;
}

/** `drop monitors`: what BetterStack watches of Drop, declared in code. Its token is none of the app's. */
export function monitorsCommand(): Command {
  const command = new Command('monitors').description(
    'what BetterStack watches of Drop, and whom it tells; needs BETTERSTACK_API_TOKEN, and no database',
  );
  addPlan(command);
  addApply(command);
  addImport(command);
  addDrift(command);
  addDestroy(command);
  addHeartbeats(command);
  return command;
}

const example = (...lines: string[]): string => examples(...lines.map((line) => `monitors ${line}`));
const differing = '0 as declared, 1 failure, 2 something differs, or wrong use of the command line';

function addPlan(command: Command): void {
  withExitCodes(command.command('plan'), differing)
    .description('what apply would change; changes nothing')
    .option('--json', 'one JSON object')
    .addHelpText('after', example('plan', 'plan --json'))
    .action(async ({ json }: Options) => {
      const { changes, findings } = await withMonitoring(planMonitors);
      print(json, { changes: changes.map(changeJson), findings }, planText(changes, findings));
      if (changes.length > 0) process.exitCode = differsExitCode;
    });
}

function addDrift(command: Command): void {
  withExitCodes(command.command('drift'), differing)
    .description('whether BetterStack is still as declared and would not be silent, for a schedule')
    .option('--json', 'one JSON object')
    .addHelpText('after', example('drift', 'drift --json'))
    .action(async ({ json }: Options) => {
      const { changes, findings: all } = await withMonitoring(planMonitors);
      const findings = all.filter(isAlarming);
      const isAsDeclared = changes.length === 0 && findings.length === 0;
      const value = { isAsDeclared, changes: changes.map(changeJson), findings };
      print(json, value, isAsDeclared ? 'BetterStack is as declared.\n' : planText(changes, findings));
      if (!isAsDeclared) process.exitCode = differsExitCode;
    });
}

function addApply(command: Command): void {
  addChange(command, 'apply', 'make BetterStack as declared; changes only what is named "Drop: …"')
    .addHelpText('after', example('apply --dry-run', 'apply --yes'))
    .action(async (options: ChangeOptions, self: Command) => {
      requireChoice(options, self);
      await withMonitoring(async (api, settings) => {
        const plan = await planMonitors(api, settings);
        if (options.dryRun) return printPlan(options, plan);
        requireUnblocked(plan);
        await recordMonitoring(options, 'applied monitors', plan.changes.length);
        await applyPlan(api, plan, showProgress);
        const { changes, findings } = await planMonitors(api, settings);
        if (changes.length > 0) throw notTaken(changes);
        const value = { changes: plan.changes.map(changeJson), findings };
        return print(options.json, value, doneText(plan.changes) + linesText(findingLines(findings)));
      });
    });
}

function addImport(command: Command): void {
  addChange(
    command,
    'import',
    'adopt what was made by hand: it gets a name of Drop and is Drop’s from then on',
  )
    .argument('[place...]', 'in place of what, such as monitor/app; everything that fits without it')
    .addHelpText('after', example('import --dry-run', 'import monitor/app --yes'))
    .action(async (places: string[], options: ChangeOptions, self: Command) => {
      requireChoice(options, self);
      await withMonitoring(async (api, settings) => {
        const candidates = await planAdoption(api, settings, places);
        if (!options.dryRun) await recordMonitoring(options, 'imported monitors', candidates.length);
        for (const candidate of options.dryRun ? [] : candidates) await adopt(api, candidate);
        const adopted = candidates.map(({ declared, actual: { id } }) => ({
          place: placeOfDeclared(declared),
          id,
        }));
        const lines = candidates.length === 0 ? ['nothing was made by hand'] : candidates.map(candidateText);
        return print(options.json, { adopted, dryRun: options.dryRun ?? false }, linesText(lines));
      });
    });
}

function addDestroy(command: Command): void {
  addChange(
    command,
    'destroy',
    'delete everything that is Drop’s, and nothing else; an outage is told no more',
  )
    .addHelpText('after', example('destroy --dry-run', 'destroy --yes'))
    .action(async (options: ChangeOptions, self: Command) => {
      requireChoice(options, self);
      await withMonitoring(async (api, settings) => {
        const plan = await planDestruction(api, settings);
        if (options.dryRun) return printPlan(options, plan);
        await recordMonitoring(options, 'destroyed monitors', plan.changes.length);
        await applyPlan(api, plan, showProgress);
        return print(options.json, { changes: plan.changes.map(changeJson) }, doneText(plan.changes));
      });
    });
}

function addChange(command: Command, name: string, description: string): Command {
  return addAct(command.command(name).description(description))
    .option('--dry-run', 'print what would change and change nothing')
    .option('--yes', 'confirm')
    .option('--json', 'one JSON object');
}

function requireChoice({ dryRun, yes }: ChangeOptions, command: Command): void {
  if (dryRun === yes) command.error('error: give either --dry-run or --yes');
}

function printPlan({ json }: Options, { changes, findings }: Awaited<ReturnType<typeof planMonitors>>): void {
  print(json, { changes: changes.map(changeJson), findings }, planText(changes, findings));
}

function showProgress(change: Change, { number, total }: { number: number; total: number }): void {
  process.stderr.write(`${number}/${total} ${changeTitle(change)}\n`);
}

function notTaken(changes: readonly Change[]): DropError {
  const named = changes.map(changeTitle).join(', ');
  const message = `BetterStack took every change and still differs: ${named}. \`drop monitors plan\` says where.`;
  return new DropError('provider_invalid_response', { message });
}

function linesText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function print(json: true | undefined, value: object, text: string): void {
  process.stdout.write(json ? jsonLine(value) : text);
}
