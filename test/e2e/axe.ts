import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 AA. axe runs the rule of version 2.2 only if its tag is named. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The axe that `AxeBuilder` brings. */
const builderFile = createRequire(import.meta.url).resolve('@axe-core/playwright');
const source = await readFile(createRequire(builderFile).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  /** The selectors of each element, from the outermost frame inwards. */
  targets: string[];
}

/** What axe looks for, in its own words: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#options-parameter */
interface Wanted {
  type: 'tag' | 'rule';
  values: string[];
}

/** The rules with these tags that the page breaks, each with the elements that break it. */
export async function brokenRules(page: Page, tags: string[]): Promise<string[]> {
  return broken(page, { type: 'tag', values: tags });
}

/** The elements whose text has too little contrast. */
export async function brokenContrast(page: Page): Promise<string[]> {
  return broken(page, { type: 'rule', values: ['color-contrast'] });
}

async function broken(page: Page, wanted: Wanted): Promise<string[]> {
  const violations =
    page.frames().length === 1 ? await violationsInPage(page, wanted) : await inFrames(page, wanted);
  return violations.map(({ id, targets }) => `${id} at ${targets.join(', ')}`);
}

/**
 * `AxeBuilder` sends axe to the page for each look, and has everything described that is well. One document gets axe
 * once here, and only says what is wrong: a quarter of the time of a look.
 */
async function violationsInPage(page: Page, runOnly: Wanted): Promise<Violation[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(source);
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  return page.evaluate<Violation[]>(`axe.run(document, ${options}).then(({ violations }) =>
    violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target.join(' ')) })))`);
}

async function inFrames(page: Page, runOnly: Wanted): Promise<Violation[]> {
  const { violations } = await new AxeBuilder({ page }).options({ runOnly }).analyze();
  return violations.map(({ id, nodes }) => ({ id, targets: nodes.map(({ target }) => target.join(' ')) }));
}
