import { existsSync, readFileSync } from 'node:fs';

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export const none: Totals = { passed: 0, failed: 0, skipped: 0 };

export function add(left: Totals, right: Totals): Totals {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  };
}

/** A test that failed, as the summary names it: its file, its title, and its error, up to a length. */
export type FailedTest = string;

/** Some errors are the output of a whole command. */
const errorLinesMax = 150;

function named(place: string, title: string, messages: readonly string[]): FailedTest {
  const error = messages.join('\n').split('\n').slice(0, errorLinesMax);
  return [`${place} › ${title}`, ...error.map((line) => `    ${line}`)].join('\n');
}

export function ranNothing({ passed, failed }: Totals): boolean {
  return passed + failed === 0;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: VitestFile[];
}

interface VitestFile {
  name: string;
  status: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
}

/** From vitest's JSON: every test that failed, and every file that could not be loaded. */
export function vitestFailures({ testResults }: Pick<VitestReport, 'testResults'>): FailedTest[] {
  return testResults.flatMap((file) => {
    if (file.status === 'failed' && file.assertionResults.length === 0)
      return [named(file.name, 'loading', [file.message])];
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    return failed.map(({ fullName, failureMessages }) => named(file.name, fullName, failureMessages));
  });
}

/** From vitest's JSON. A file that could not even be loaded counts as one failure. */
export function vitestTotals(report: VitestReport): Totals {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

/** From Playwright's JSON. An error outside every test counts as one failure, a flaky test as failed. */
export function playwrightTotals({ stats, errors }: PlaywrightReport): Totals {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** Reads what a runner's report says; `otherwise` when there is no whole report. */
export function readReport<Report, Read>(
  path: string,
  read: (report: Report) => Read,
  otherwise: Read,
): Read {
  if (!existsSync(path)) return otherwise;
  try {
    return read(JSON.parse(readFileSync(path, 'utf8')) as Report);
  } catch {
    return otherwise;
  }
}
