import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../scripts/browser.ts';
import { runSteps } from '../scripts/steps.ts';
import {
  none,
  playwrightTotals,
  ranNothing,
  readReport,
  vitestFailures,
  vitestTotals,
} from '../scripts/totals.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drop-check-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lawTest = {
  status: 'failed',
  fullName: 'a law holds',
  failureMessages: ['expected 1 to be 2\n    at line 3'],
};
const testResults = [
  { name: 'unloaded.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
  {
    name: 'law.test.ts',
    status: 'failed',
    message: '',
    assertionResults: [lawTest, { ...lawTest, status: 'passed' }],
  },
];
const vitestReport = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

describe('the totals', () => {
  test('of vitest count a file that could not be loaded as failed', () => {
    expect(vitestTotals({ ...vitestReport, testResults })).toEqual({ passed: 3, failed: 2, skipped: 3 });
  });

  test('name each unit test that failed, with its error', () => {
    expect(vitestFailures({ testResults })).toEqual([
      'unloaded.test.ts › loading\n    no such module',
      'law.test.ts › a law holds\n    expected 1 to be 2\n        at line 3',
    ]);
  });

  test('of Playwright count an error outside the tests as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
    expect(playwrightTotals({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });

  test('of a report that is not there are none, which is a failure', () => {
    const totals = readReport(join(folder, 'missing.json'), vitestTotals, none);
    expect(totals).toEqual(none);
    expect(ranNothing(totals)).toBe(true);
  });

  test('of a report that is cut off are none', () => {
    const path = join(folder, 'cut.json');
    writeFileSync(path, '{"numPassedTests": 3');
    expect(readReport(path, vitestTotals, none)).toEqual(none);
  });
});

describe('the browser', () => {
  const script = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  test('is the first on PATH that answers', () => {
    script('chromium', 'exit 1');
    const working = script('google-chrome', 'exit 0');
    expect(findBrowser({ PATH: folder })).toBe(working);
  });

  test('is the one without a window where both are there', () => {
    script('chromium', 'exit 0');
    const shell = script('chromium-headless-shell', 'exit 0');
    expect(findBrowser({ PATH: folder })).toBe(shell);
  });

  test('is CHROMIUM_PATH where that is set', () => {
    expect(findBrowser({ PATH: folder, CHROMIUM_PATH: '/opt/chromium' })).toBe('/opt/chromium');
  });
});

describe('the steps', () => {
  test('all run, though one fails', async () => {
    const ran: string[] = [];
    const step = (name: string, failure: string | undefined) => ({
      name,
      run: async () => {
        ran.push(name);
        return failure;
      },
    });
    const printed: string[] = [];
    const steps = [step('one', 'because'), step('two', undefined)];
    const results = await runSteps(steps, (line) => printed.push(line));
    expect(ran).toEqual(['one', 'two']);
    expect(results.map(({ failure }) => failure)).toEqual(['because', undefined]);
    expect(printed.join('\n')).toMatch(/✗ one \(\d+\.\d s\): because/);
  });
});

test('continuous integration runs what `npm test` runs', () => {
  expect(spawnSync('bash', ['-n', '.ci/run']).status).toBe(0);
  expect(spawnSync('test', ['-x', '.ci/run']).status).toBe(0);
});
