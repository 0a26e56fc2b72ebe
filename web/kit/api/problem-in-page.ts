import type { Problem } from '#http/contract/problem.ts';
import { isProblem } from './problem.ts';

/** The problem that the server embedded in the page after a failed navigation, or undefined. */
export function problemInPage(page: Document): Problem | undefined {
  const text = page.getElementById('drop-problem')?.textContent;
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
