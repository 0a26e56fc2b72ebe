// `npm run mutate -- --seed N --sites 60`: breaks the critical modules at random, one place at a time, and says which
// changes the tests let live. CONTRIBUTING.md says what to do with them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWebIfStale } from '#sandbox/web-build.ts';
import { copyTree } from './mutate/copy.ts';
import { criticalFiles } from './mutate/critical.ts';
import { nearTests } from './mutate/near-tests.ts';
import { isLeftOut, testsPass } from './mutate/run-tests.ts';
import { sample, seededFractions } from './mutate/sample.ts';
import { broken, describeSite, sitesOf, type Site } from './mutate/sites.ts';
import { createTypeCheck } from './mutate/type-check.ts';
import { print } from './steps.ts';

type Verdict = 'compiler' | 'near tests' | 'all tests' | 'lived';

const nearTestsMsMax = 300_000;
const allTestsMsMax = 1_200_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    sites: { type: 'string', default: '60' },
    in: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    /** Passes over so many of the sites that the seed draws. */
    from: { type: 'string', default: '0' },
    /** Does not run the other tests: what lives then is only suspected. */
    near: { type: 'boolean', default: false },
  },
});

await buildWebIfStale();
const copy = copyTree();
const tests = copy.paths.filter((path) => path.endsWith('.test.ts') && !isLeftOut(path));
const read = (path: string): string => readFileSync(join(copy.directory, path), 'utf8');

function drawSites(): Site[] {
  const isWanted = (path: string): boolean =>
    values.in.length === 0 || values.in.some((start) => path.startsWith(start));
  const all = criticalFiles(copy.directory)
    .filter(isWanted)
    .flatMap((path) => sitesOf(path, read(path)));
  print(`${all.length} sites; seed ${values.seed} draws ${values.sites}`);
  return sample(all, Number(values.sites), seededFractions(Number(values.seed))).slice(Number(values.from));
}

async function judge(site: Site): Promise<Verdict> {
  const before = read(site.path);
  const after = broken(before, site);
  if (typeCheck.refuses(site.path, after)) return 'compiler';
  writeFileSync(join(copy.directory, site.path), after);
  try {
    const near = nearTests(site.path, tests);
    if (near.length > 0 && !(await testsPass(copy.directory, near, nearTestsMsMax))) return 'near tests';
    if (values.near) return 'lived';
    return (await testsPass(copy.directory, [], allTestsMsMax)) ? 'lived' : 'all tests';
  } finally {
    writeFileSync(join(copy.directory, site.path), before);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.once('exit', () => copy.remove());
const sites = drawSites();
if (values.list) {
  for (const site of sites) print(describeSite(read(site.path), site));
  process.exit(0);
}
const typeCheck = createTypeCheck(copy.directory);
const verdicts: Verdict[] = [];
for (const [index, site] of sites.entries()) {
  const verdict = await judge(site);
  verdicts.push(verdict);
  const shown = verdict === 'lived' ? `LIVED\n${describeSite(read(site.path), site)}` : verdict;
  print(`${index + 1}/${sites.length} ${site.path}:${site.line} (${site.kind}): ${shown}`);
}
const caught = verdicts.filter((verdict) => verdict !== 'lived').length;
print(
  `${caught} of ${verdicts.length} caught, ${verdicts.filter((each) => each === 'compiler').length} by the compiler`,
);
