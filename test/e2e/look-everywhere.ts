import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import type { Page } from '@playwright/test';
import { brokenContrast, brokenRules, wcagTags } from './axe.ts';
import { animationsOver, expect, type Drop } from './drop.ts';

/** As text, because the compiler knows the types of a browser in that folder only. */
const screenFaults = stripTypeScriptTypes(
  await readFile(new URL('./in-page/screen-faults.ts', import.meta.url), 'utf8'),
);

const tags = [...wcagTags, 'best-practice'];

/** What customers look with: screens, and text of twice the size by the browser's setting or by the page's root. */
const views = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'phone, root at 200 %', width: 390, height: 844, root: '200%' },
  { name: 'small phone', width: 320, height: 568 },
  { name: 'small phone, text at 200 %', width: 320, height: 568, text: 32 },
  { name: 'desktop at 400 %', width: 320, height: 200 },
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'desktop, text at 200 %', width: 1280, height: 800, text: 32 },
];
const usualText = 16;

/** Looks for faults in the screen that is open, in every view and in both languages. It leaves a phone in bokmål. */
export async function lookEverywhere(drop: Drop, name: string): Promise<void> {
  const { page } = drop;
  const faults = await lookInBokmaal(drop, name);
  await drop.button('English').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  faults.push(...(await faultsIn(page, `${name}, en`)));
  await drop.picture(`${name}-en`);
  await drop.button('Norsk').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nb');
  expect.soft(faults, name).toEqual([]);
}

/** The same for a dialog, over which the language cannot be changed. */
export async function lookAtDialog(drop: Drop, name: string): Promise<void> {
  expect.soft(await lookInBokmaal(drop, name), name).toEqual([]);
}

async function lookInBokmaal(drop: Drop, name: string): Promise<string[]> {
  const { page } = drop;
  await addressIsThere(page);
  const faults = await faultsIn(page, name);
  for (const broken of await brokenRules(page, tags)) faults.push(`${name}: ${broken}`);
  await drop.picture(name);
  faults.push(...(await faultsInTheDark(page, name)));
  return faults;
}

/** The address of customer service comes from the server, after the text that names it. */
async function addressIsThere(page: Page): Promise<void> {
  const scope = page.locator('dialog[open], main').last();
  if ((await scope.getByText(/kundeservice/i).count()) === 0) return;
  await expect(scope.locator('a[href^="mailto:"]').first()).toBeVisible();
}

/** Dark colours differ from light ones in nothing but their contrast. A colour may fade from one to the other. */
async function faultsInTheDark(page: Page, name: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(animationsOver);
  const broken = await brokenContrast(page);
  await page.emulateMedia({ colorScheme: 'light' });
  return broken.map((rule) => `${name}, dark: ${rule}`);
}

async function faultsIn(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  const session = await page.context().newCDPSession(page);
  const setText = (standard: number) =>
    session.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } });
  for (const { name: view, width, height, root = '', text = usualText } of views) {
    await page.setViewportSize({ width, height });
    await setText(text);
    await page.evaluate(`document.documentElement.style.fontSize = '${root}'`);
    for (const fault of await page.evaluate<string[]>(screenFaults)) found.push(`${name}, ${view}: ${fault}`);
  }
  await setText(usualText);
  await page.evaluate(`document.documentElement.style.fontSize = ''`);
  await session.detach();
  await page.setViewportSize({ width: 390, height: 844 });
  return found;
}
