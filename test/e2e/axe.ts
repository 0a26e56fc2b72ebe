import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 AA. axe runs the rule of version 2.2 only if its tag is named. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules with these tags that the page breaks, each with the elements that break it. */
export function brokenRules(page: Page, tags: string[]): Promise<string[]> {
  return broken(builderOf(page).withTags(tags));
}

/** The elements whose text has too little contrast. */
export function brokenContrast(page: Page): Promise<string[]> {
  return broken(builderOf(page).withRules(['color-contrast']));
}

function builderOf(page: Page): AxeBuilder {
  // To join the results of several frames, axe opens a page of its own each time; a single frame has nothing to join.
  return new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1);
}

async function broken(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
