import type { Problem } from '#http/contract/problem.ts';
import { valueInPage } from './in-page.ts';
import { isProblem } from './problem.ts';

/** The problem that the server embedded in the page after a failed navigation, or undefined. */
export function problemInPage(page: Document): Problem | undefined {
  const value = valueInPage(page, 'drop-problem');
  return isProblem(value) ? value : undefined;
}
