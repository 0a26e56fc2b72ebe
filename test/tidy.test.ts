import { describe, expect, test } from 'vitest';
import { exemptions } from './tidy/exemptions.ts';
import { describeFinding, type Rule } from './tidy/rule.ts';
import { rules } from './tidy/rules.ts';
import { sampleProvider } from './tidy/samples/sample.ts';
import { samples } from './tidy/samples/samples.ts';
import { readTree, type TextFile, type Tree } from './tidy/tree.ts';

const tree = readTree();

const isExempt = (rule: Rule, path: string): boolean =>
  exemptions.some((exemption) => exemption.rule === rule.name && exemption.path === path);

describe('the tree has', () => {
  test.each(rules)('$name', (rule) => {
    const findings = rule.check(tree).filter(({ path }) => !isExempt(rule, path));
    expect(findings.map(describeFinding).join('\n')).toBe('');
  });

  test('no exemption that is not needed', () => {
    const needed = (exemption: (typeof exemptions)[number]): boolean =>
      rules.some(
        (rule) =>
          rule.name === exemption.rule && rule.check(tree).some(({ path }) => path === exemption.path),
      );
    expect(exemptions.filter((exemption) => !needed(exemption))).toEqual([]);
  });
});

describe('the rules', () => {
  const treeOf = (file: TextFile, beside?: TextFile): Tree => ({
    paths: [file.path, sampleProvider, ...(beside ? [beside.path] : [])],
    files: [file, ...(beside ? [beside] : [])],
  });
  const check = (name: string, { path, text }: TextFile, beside?: TextFile): string[] =>
    rules
      .filter((rule) => rule.name === name)
      .flatMap((rule) => rule.check(treeOf({ path, text }, beside)))
      .filter((finding) => finding.path.startsWith(path.replace(/[^/]+$/, '')) || finding.path === path)
      .map(describeFinding);

  test.each(samples)('catch what breaks "$rule" (sample $#)', ({ rule, path, bad, beside }) => {
    expect(check(rule, { path, text: bad }, beside).length).toBeGreaterThan(0);
  });

  test.each(samples)('let pass what keeps "$rule" (sample $#)', ({ rule, path, good, goodPath, beside }) => {
    expect(check(rule, { path: goodPath ?? path, text: good }, beside)).toEqual([]);
  });

  test('each have a sample', () => {
    const sampled = new Set(samples.map(({ rule }) => rule));
    expect(rules.map(({ name }) => name).filter((name) => !sampled.has(name))).toEqual([]);
  });

  test('look at a tree with files in it', () => {
    expect(tree.paths).toContain('src/domain/errors.ts');
  });
});
