// `npm run check`: everything that must hold. The last line it prints is `N passed, N failed, N skipped`.
import { mkdirSync, rmSync } from 'node:fs';
import { ensureBrowser, howToGetABrowser } from './browser.ts';
import { ensurePgBouncer } from './pgbouncer.ts';
import { ensurePromtool } from './promtool.ts';
import { describe, print, runCommand, runSteps, type Step } from './steps.ts';
import {
  add,
  none,
  playwrightTotals,
  ranNothing,
  readReport,
  vitestFailures,
  vitestTotals,
} from './totals.ts';
import type { FailedTest, Totals } from './totals.ts';

const reports = 'test-results';
const endToEndReport = `${reports}/e2e.json`;
let totals: Totals = none;
const failedTests: FailedTest[] = [];

/** Counts what a runner reports; a runner that ran nothing has failed. */
function count(counted: Totals, failure: string | undefined): string | undefined {
  totals = add(totals, counted);
  if (failure !== undefined) return failure;
  if (counted.failed > 0) return `${counted.failed} failed`;
  return ranNothing(counted) ? 'no test was run' : undefined;
}

/** Runs the tests of the projects of vitest.config.ts that `project` matches. */
async function vitest(project: string, name: string): Promise<string | undefined> {
  // Without them, the tests behind a pooler and those of Prometheus' rules are skipped and say so.
  const [pgBouncer, promtool] = [ensurePgBouncer(), ensurePromtool()];
  const environment = {
    ...(pgBouncer !== undefined && { PGBOUNCER_PATH: pgBouncer }),
    ...(promtool !== undefined && { PROMTOOL_PATH: promtool }),
  };
  const report = `${reports}/${name}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const failure = await runCommand('vitest', ['run', '--project', project, ...reporters], environment);
  failedTests.push(...readReport(report, vitestFailures, []));
  return count(readReport(report, vitestTotals, none), failure);
}

async function endToEnd(): Promise<string | undefined> {
  const browser = ensureBrowser();
  if (!browser) return `no browser: ${howToGetABrowser}`;
  const failure = await runCommand('playwright', ['test'], { CHROMIUM_PATH: browser });
  return count(readReport(endToEndReport, playwrightTotals, none), failure);
}

const command =
  (name: string, ...parameters: string[]) =>
  () =>
    runCommand(name, parameters);

/** Two processors run these side by side, each for about half of the time; only the recipe prints what is well. */
const lanes = [
  [command('eslint', '.')],
  [
    command('npm', 'run', '--silent', 'types'),
    command('npm', 'run', '--silent', 'formatted'),
    () => vitest('recipe', 'recipe'),
  ],
];

async function failuresOf(lane: (typeof lanes)[number]): Promise<string[]> {
  const failures: string[] = [];
  for (const run of lane) {
    const failure = await run();
    if (failure !== undefined) failures.push(failure);
  }
  return failures;
}

async function sideBySide(): Promise<string | undefined> {
  const failures = (await Promise.all(lanes.map(failuresOf))).flat();
  return failures.length === 0 ? undefined : failures.join('; ');
}

const steps: readonly Step[] = [
  { name: 'types, lint and recipe', run: sideBySide },
  { name: 'unit, conformance and security tests', run: () => vitest('!recipe', 'unit') },
  { name: 'web build', run: () => runCommand('npm', ['run', '--silent', 'build']) },
  { name: 'end-to-end tests', run: endToEnd },
];

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const results = await runSteps(steps, print);
print('\n── summary');
for (const result of results) print(describe(result));
// The end-to-end tests print the names of theirs last; those of the unit tests would be far above.
for (const failed of failedTests) print(`\n✗ ${failed}`);
print(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = results.some(({ failure }) => failure !== undefined) ? 1 : 0;
