import { readFile } from 'node:fs/promises';
import type { Page, TestInfo } from '@playwright/test';
import { expect, test, type Drop } from './drop.ts';

const months = {
  nb: 'januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember',
  en: 'January|February|March|April|May|June|July|August|September|October|November|December',
};

/** What differs from run to run, with what stands for it in the kept trees. */
const varying: readonly [RegExp, string][] = [
  [/localhost:\d+/g, 'localhost'],
  [/[\da-f]{8}-[\da-f-]{27}/g, 'ID'],
  // When a payment arrives depends on the time of day.
  [/- status: .+/g, '- status: MELDING'],
  [new RegExp(`\\d{1,2}\\.? (${months.nb}|${months.en})( \\d{4})?`, 'g'), 'DAG'],
  [/\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec) \d{4}/g, 'DAG'],
  [new RegExp(`\\b(i |in )?(${months.nb}|${months.en})\\b`, 'g'), '$1MÅNED'],
  [/\d{1,2}\.\d{1,2}\.\d{4}/g, 'DAG'],
  // The list groups payments by day, and a run may go past midnight.
  [/(I dag|I går) kl\. \d{1,2}\.\d{2}/g, 'DAG kl. TID'],
  [/(?<![\d.,])\d{2}[.:]\d{2}(?!\d)/g, 'TID'],
  [/\b[A-Z\d]{4}-[A-Z\d]{4}\b/g, 'REFERANSE'],
  // A bank may report two states at once.
  [/^( +)(- region "(?:Dette har skjedd|What has happened)"):\n(?:\1 .*\n)*/gm, '$1$2\n'],
  [/(Oppdatert|Updated) [^"\n]*/g, '$1 TID'],
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

const screensAfterPaying: readonly [path: string | undefined, name: string][] = [
  [undefined, 'payment'],
  ['/payments', 'payments-of-a-payer'],
  ['/', 'home-of-a-payer'],
];

const desktop = { width: 1280, height: 720 };
const phone = { width: 390, height: 844 };

/**
 * The names, roles and order that a screen reader meets, kept in `test/e2e/accessibility/`. A change is read as one
 * reads a change of the screen, and written with `npx playwright test accessibility-tree -u`.
 */
test('a screen reader meets the names and roles that were reviewed', async ({ drop, page }, testInfo) => {
  test.slow();
  const keep = keeper(page, testInfo);
  await drop.begin('customer');
  for (const [path, name] of screens) {
    await drop.open(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await keep(name, mainOf);
    if (path === '/') await keep('frame', frameOf);
    await page.setViewportSize(phone);
    await keep(`${name}-phone`, mainOf, name);
    if (path === '/' || path === '/pay') await keep(`frame-of-${name}-phone`, frameOf);
    await page.setViewportSize(desktop);
    await keepInEnglish(drop, name, keep);
  }
  await payFor(drop);
  for (const [path, name] of screensAfterPaying) {
    if (path !== undefined) await drop.open(path);
    await keep(name, mainOf);
    await keepInEnglish(drop, name, keep);
  }
});

/** Ends on the page of the payment, which the bank has carried out. */
async function payFor(drop: Drop): Promise<void> {
  await drop.fillPayment();
  await drop.confirmPayment();
  await drop.button('Godkjenn').click();
  await expect(drop.heading('Betalt')).toBeVisible();
}

async function keepInEnglish(drop: Drop, name: string, keep: Keep): Promise<void> {
  await drop.button('English').click();
  await expect(drop.page.locator('html')).toHaveAttribute('lang', 'en');
  await keep(`${name}-en`, mainOf);
  if (name === 'home') await keep('frame-en', frameOf);
  await drop.button('Norsk').click();
  await expect(drop.page.locator('html')).toHaveAttribute('lang', 'nb');
}

/** Compares a part of the tree with the file of that name or, if there is none, with that of the screen it equals. */
type Keep = (name: string, part: (tree: string) => string, equal?: string) => Promise<void>;

/** Waits for the tree that was kept, since parts of a screen come after it. */
function keeper(page: Page, testInfo: TestInfo): Keep {
  const isWritten = ['all', 'changed'].includes(testInfo.config.updateSnapshots);
  const keptIn = (name: string) =>
    readFile(testInfo.snapshotPath(`${name}.yml`), 'utf8').catch(() => undefined);
  return async (name, part, equal = name) => {
    const current = async () => part(await treeOf(page));
    const kept = (await keptIn(name)) ?? (await keptIn(equal));
    if (kept !== undefined && !isWritten) return expect.poll(current, { message: name }).toBe(kept);
    await untilStill(page);
    if ((await current()) !== (await keptIn(equal))) expect(await current()).toMatchSnapshot(`${name}.yml`);
  };
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

/** What is in the screen's own element, `main`. */
const mainOf = (tree: string): string => mainElement.exec(tree)?.[0] ?? '';

/** What every screen has around it. */
const frameOf = (tree: string): string => tree.replace(mainElement, '- main\n');

const mainElement = /^- main:\n(?: .*\n)*/m;
