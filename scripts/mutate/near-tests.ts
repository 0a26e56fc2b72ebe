import { dirname } from 'node:path';

/**
 * The tests that probably notice a change of `path`: those beside it, and those of the folder of the same name in
 * `test/`. Where a folder has none, those of the folder above. They run first, since they are few.
 */
export function nearTests(path: string, tests: readonly string[]): string[] {
  for (let folder = dirname(path); folder !== 'src' && folder !== '.'; folder = dirname(folder)) {
    const beside = [`${folder}/`, `${folder.replace(/^src\//, 'test/')}/`];
    const near = tests.filter((test) => beside.some((start) => test.startsWith(start)));
    if (near.length > 0) return near;
  }
  return [];
}
