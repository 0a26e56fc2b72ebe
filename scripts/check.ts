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
const unitReport = `${reports}/unit.json`;
const endToEndReport = `${reports}/e2e.json`;
let totals: Totals = none;
let failedTests: FailedTest[] = [];

/** Counts what a runner reports; a runner that ran nothing has failed. */
function count(counted: Totals, failure: string | undefined): string | undefined {
  totals = add(totals, counted);
  if (failure !== undefined) return failure;
  if (counted.failed > 0) return `${counted.failed} failed`;
  return ranNothing(counted) ? 'no test was run' : undefined;
}

async function unit(): Promise<string | undefined> {
  // Without them, the tests behind a pooler and those of Prometheus' rules are skipped and say so.
  const [pgBouncer, promtool] = [ensurePgBouncer(), ensurePromtool()];
  const environment = {
    ...(pgBouncer !== undefined && { PGBOUNCER_PATH: pgBouncer }),
    ...(promtool !== undefined && { PROMTOOL_PATH: promtool }),
  };
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
  const failure = await runCommand('vitest', ['run', ...reporters], environment);
  failedTests = readReport(unitReport, vitestFailures, []);
  return count(readReport(unitReport, vitestTotals, none), failure);
}

async function endToEnd(): Promise<string | undefined> {
  const browser = ensureBrowser();
  if (!browser) return `no browser: ${howToGetABrowser}`;
  const failure = await runCommand('playwright', ['test'], { CHROMIUM_PATH: browser });
  return count(readReport(endToEndReport, playwrightTotals, none), failure);
}

/** Two processors run these side by side, each for about half of the time; they print only what is wrong. */
const lanes = [
  [['eslint', '.']],
  [
    ['npm', 'run', '--silent', 'types'],
    ['npm', 'run', '--silent', 'formatted'],
  ],
];

async function failuresOf(lane: readonly string[][]): Promise<string[]> {
  const failures: string[] = [];
  for (const [command = '', ...parameters] of lane) {
    const failure = await runCommand(command, parameters);
    if (failure !== undefined) failures.push(failure);
  }
  return failures;
}

async function typesAndLint(): Promise<string | undefined> {
  const failures = (await Promise.all(lanes.map(failuresOf))).flat();
  return failures.length === 0 ? undefined : failures.join('; ');
}

const steps: readonly Step[] = [
  { name: 'types and lint', run: typesAndLint },
  { name: 'unit, conformance and security tests', run: unit },
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
