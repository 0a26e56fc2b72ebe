import { fileRule, type Rule } from './rule.ts';

const title = fileRule(
  'exactly one title in every document',
  (path) => path.endsWith('.md'),
  ({ text }) => {
    const titles = outsideFences(text)
      .map((line, index) => ({ text: line, line: index + 1 }))
      .filter((line) => line.text.startsWith('# '));
    if (titles.length === 1) return [];
    const line = titles[1]?.line ?? 1;
    return [{ line, message: `${titles.length} titles: one \`# \` at the top, \`## \` below it` }];
  },
);

/** The lines of a document, those inside a fence blanked out. */
export function outsideFences(text: string): string[] {
  let isInside = false;
  return text.split('\n').map((line) => {
    const isFence = /^\s*(```|~~~)/.test(line);
    if (isFence) isInside = !isInside;
    return isInside || isFence ? '' : line;
  });
}

export const documentRules: readonly Rule[] = [title];
