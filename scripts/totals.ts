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

export function ranNothing({ passed, failed }: Totals): boolean {
  return passed + failed === 0;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
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

/** Reads a report that a runner left; none when there is no whole one. */
export function readTotals<Report>(path: string, totalsOf: (report: Report) => Totals): Totals {
  if (!existsSync(path)) return none;
  try {
    return totalsOf(JSON.parse(readFileSync(path, 'utf8')) as Report);
  } catch {
    return none;
  }
}
