// Builds the app, opens the front page on a slow phone, and adds the row to bench/first-paint.json and its plot.
// `--at <commit>` measures that version instead, in a checkout of its own; `--rounds <n>` changes how often.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from '@playwright/test';
import { findBrowser, howToGetABrowser } from '../scripts/browser.ts';
import type * as journeyModule from '../src/cli/journey.ts';
import { root, stopChildren } from './children.ts';
import { readHistory, withMeasured, writeHistory, type FirstPaint } from './first-paint-history.ts';
import { visit, type Opening, type Visit } from './first-paint-visit.ts';
import { percentile } from './percentile.ts';
import { startSandbox } from './sandbox.ts';

const { values } = parseArgs({
  options: { at: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});
/** In the page that the server sends, and before it did, in the app's own. Both lead to BankID by themselves. */
const signIn = '#loading a[href^="/api/auth/bankid"], .front-sign-in';
const pay = 'main a[href^="/pay"]';
const git = (...parameters: string[]): string =>
  execFileSync('git', parameters, { cwd: root, encoding: 'utf8' }).trim();
const commit = git('rev-parse', values.at ?? 'HEAD');
const temporary = await mkdtemp(join(tmpdir(), 'drop-first-paint-'));
const checkout = values.at === undefined ? root : join(temporary, 'checkout');

async function checkOut(): Promise<void> {
  if (checkout === root) return;
  git('worktree', 'add', '--detach', checkout, commit);
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
}

async function measure(browser: Browser, opening: Opening): Promise<Visit> {
  const visits: Visit[] = [];
  for (let round = 0; round < Number(values.rounds); round++) visits.push(await visit(browser, opening));
  const medianOf = (reading: keyof Visit): number =>
    Math.round(
      percentile(
        visits.map((each) => each[reading]),
        0.5,
      ),
    );
  return {
    wordsMs: medianOf('wordsMs'),
    usableMs: medianOf('usableMs'),
    scriptBytes: medianOf('scriptBytes'),
  };
}

/** By the journey of that version, which knows its answers. */
async function customerOf(origin: string): Promise<Opening['cookies']> {
  const { Journey } = (await import(join(checkout, 'src/cli/journey.ts'))) as typeof journeyModule;
  const journey = new Journey(origin, ['kari', 'Kari Testnes']);
  await journey.signIn();
  await journey.verify();
  await journey.linkBank();
  const { cookies } = journey;
  await journey.close();
  return cookies;
}

async function measured(browser: Browser): Promise<FirstPaint> {
  execFileSync('npm', ['run', '--silent', 'build'], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const environment = { DROP_DATA_DIR: join(temporary, 'data') };
  const { origin } = await startSandbox(environment, checkout);
  const cookies = await customerOf(origin);
  const { version } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as {
    version: string;
  };
  return {
    version,
    commit: commit.slice(0, 8),
    committedAt: git('show', '-s', '--format=%cI', commit),
    measuredAt: new Date().toISOString(),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    visitor: await measure(browser, { origin, cookies: [], action: signIn, screen: '.front-sign-in' }),
    customer: await measure(browser, { origin, cookies, action: pay, screen: pay }),
  };
}

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error(howToGetABrowser);
await checkOut();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const row = await measured(browser);
  process.stdout.write(`${JSON.stringify(row, null, 2)}\n`);
  await writeHistory(withMeasured(await readHistory(), row));
} finally {
  await browser.close();
  await stopChildren();
  if (checkout !== root) git('worktree', 'remove', '--force', checkout);
  await rm(temporary, { recursive: true, force: true });
}
