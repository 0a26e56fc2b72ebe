import { describe, expect, it } from 'vitest';
import { nearTests } from '../scripts/mutate/near-tests.ts';
import { sample, seededFractions } from '../scripts/mutate/sample.ts';
import { broken, describeSite, sitesOf } from '../scripts/mutate/sites.ts';

const path = 'src/inbox/some.ts';

function changesOf(text: string): string[] {
  return sitesOf(path, text).map((site) => broken(text, site));
}

describe('sites at which a file can be broken', () => {
  it('turns comparisons, sums and logic round', () => {
    expect(changesOf('f(a <= b);')).toContain('f(a < b);');
    expect(changesOf('f(a === b);')).toContain('f(a !== b);');
    expect(changesOf('f(a && b);')).toContain('f(a || b);');
    expect(changesOf('x -= bytes;')).toContain('x += bytes;');
    expect(changesOf('f(!a);')).toContain('f(a);');
    expect(changesOf('f(true);')).toContain('f(false);');
  });

  it('turns a condition round as a whole', () => {
    expect(changesOf('if (a) f();')).toContain('if (!(a)) f();');
    expect(changesOf('const x = a ? 1 : 2;')).toContain('const x = !(a) ? 1 : 2;');
  });

  it('leaves out a statement and a guard, and keeps one that has another way', () => {
    expect(changesOf('f();\ng();')).toEqual([';\ng();', 'f();\n;']);
    expect(changesOf('if (a) throw b;')).toContain(';');
    expect(changesOf('if (a) return; else g();')).not.toContain(';');
  });

  it('makes a named bound ten times larger', () => {
    expect(changesOf('const bytesMax = 4_096;')).toEqual(['const bytesMax = 4_096 * 10;']);
  });

  it('finds nothing in imports, types, texts that are joined, and numbers of no name', () => {
    expect(changesOf("import { a } from './a.ts';")).toEqual([]);
    expect(changesOf('type A = { b: true };')).toEqual([]);
    expect(changesOf("const a = 'b' + c;")).toEqual([]);
    expect(changesOf('const f = () => g(10);')).toEqual([]);
  });

  it('shows the line before and after', () => {
    const text = 'one();\nif (a < b) two();\nthree();\n';
    const site = sitesOf(path, text).find(({ kind }) => kind === 'operator');
    expect(site && describeSite(text, site)).toBe(
      `${path}:2 (operator)\n    - if (a < b) two();\n    + if (a <= b) two();`,
    );
  });
});

describe('a sample', () => {
  const items = Array.from({ length: 100 }, (_, index) => index);

  it('is the same for the same seed, and another for another', () => {
    const drawn = (seed: number): number[] => sample(items, 20, seededFractions(seed));
    expect(drawn(7)).toEqual(drawn(7));
    expect(drawn(7)).not.toEqual(drawn(8));
  });

  it('repeats nothing, and takes all when there are fewer', () => {
    expect(new Set(sample(items, 100, seededFractions(3))).size).toBe(100);
    expect(sample([1, 2], 5, seededFractions(3)).toSorted()).toEqual([1, 2]);
  });
});

describe('the tests that run first', () => {
  const tests = ['src/inbox/a.test.ts', 'test/inbox/b.test.ts', 'test/http/c.test.ts'];

  it('stand beside the file or in the folder of its name', () => {
    expect(nearTests('src/inbox/worker.ts', tests)).toEqual(tests.slice(0, 2));
  });

  it('are those of the folder above where a folder has none', () => {
    expect(nearTests('src/http/webhooks/route.ts', tests)).toEqual(['test/http/c.test.ts']);
  });
});
