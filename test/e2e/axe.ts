import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** WCAG 2.2 AA. axe runs the rule of version 2.2 only if its tag is named. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The rules with these tags that the page breaks, each with the elements that break it. */
export async function brokenRules(page: Page, tags: string[]): Promise<string[]> {
  // To join the results of several frames, axe opens a page of its own each time; a single frame has nothing to join.
  const isSingle = page.frames().length === 1;
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(isSingle).withTags(tags).analyze();
  return violations.map(
    ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
