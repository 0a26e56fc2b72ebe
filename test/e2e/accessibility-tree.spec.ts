import { readFile } from 'node:fs/promises';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test } from './drop.ts';

/** What differs from run to run, with what stands for it in the kept trees. */
const varying: readonly [RegExp, string][] = [
  [/localhost:\d+/g, 'localhost'],
  [/[\da-f]{8}-[\da-f-]{27}/g, 'ID'],
  // When a payment arrives depends on the time of day.
  [/- status: .+/g, '- status: MELDING'],
  [
    /\d{1,2}\.? (januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)( \d{4})?/g,
    'DAG',
  ],
  [
    /\b(i )?(januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)\b/g,
    '$1MÅNED',
  ],
  [/\d{1,2}\.\d{1,2}\.\d{4}/g, 'DAG'],
  [/kl\. \d{1,2}\.\d{2}/g, 'kl. TID'],
  [/(I dag|I går) \d{1,2}\.\d{2}/g, 'DAG kl. TID'],
  [/Oppdatert [^"\n]*/g, 'Oppdatert TID'],
];

const screens: readonly [path: string, name: string][] = [
  ['/', 'home'],
  ['/verify', 'verify'],
  ['/banks', 'banks'],
  ['/accounts', 'accounts'],
  ['/consents', 'consents'],
  ['/pay', 'pay'],
  ['/payments', 'payments'],
  ['/recipients', 'recipients'],
  ['/notifications', 'notifications'],
  ['/settings', 'settings'],
  ['/profile', 'profile'],
  ['/devices', 'devices'],
  ['/privacy', 'privacy'],
  ['/help', 'help'],
  ['/about', 'about'],
  ['/nowhere', 'not-found'],
];

/**
 * The names, roles and order that a screen reader meets, kept in `test/e2e/accessibility/`. A change is read as one
 * reads a change of the screen, and written with `npx playwright test accessibility-tree -u`.
 */
test('a screen reader meets the names and roles that were reviewed', async ({ drop, page }, testInfo) => {
  test.slow();
  await drop.begin('customer');
  for (const [path, name] of screens) {
    await drop.open(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await compareTree(page, `${name}.yml`, testInfo);
  }
});

/** Waits for the tree that was kept, since parts of a screen come after it. */
async function compareTree(page: Page, file: string, testInfo: TestInfo): Promise<void> {
  const isWritten = ['all', 'changed'].includes(testInfo.config.updateSnapshots);
  const kept = await readFile(testInfo.snapshotPath(file), 'utf8').catch(() => undefined);
  if (kept !== undefined && !isWritten)
    return expect.poll(() => treeOf(page), { message: file, timeout: 20_000 }).toBe(kept);
  await untilStill(page);
  expect(await treeOf(page)).toMatchSnapshot(file);
}

async function untilStill(page: Page): Promise<void> {
  let last = '';
  const isStill = async (): Promise<boolean> => {
    const before = last;
    last = await treeOf(page);
    return last === before;
  };
  await expect.poll(isStill, { intervals: [1_500] }).toBe(true);
}

async function treeOf(page: Page): Promise<string> {
  const tree = await page.locator('body').ariaSnapshot();
  return varying.reduce((text, [pattern, word]) => text.replace(pattern, word), `${tree}\n`);
}
