// `npm run mutations`: takes every guard out, one at a time, and says what finds it; `-u` writes docs/planted-bugs.md.
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startTestServer } from '../support/test-server.ts';
import { detect, finders } from './detection.ts';
import { documentOf, type Found } from './document.ts';
import { mutations, type Mutation } from './mutations.ts';

const { values } = parseArgs({
  options: {
    update: { type: 'boolean', short: 'u', default: false },
    // Of the simulator, for one guard: what it can see, it must find within so many.
    runs: { type: 'string', default: '40' },
  },
});
const page = 'docs/planted-bugs.md';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const server = await startTestServer();
try {
  process.exitCode = (await isAllFound()) ? 0 : 1;
} finally {
  await server.stop();
}

async function isAllFound(): Promise<boolean> {
  const sound = await firstFinding();
  if (sound) say(`Without a planted bug, ${sound.finder} finds ${sound.found} in ${sound.where}.`);
  const found = new Map<string, Found>();
  const left = mutations.values();
  await Promise.all(Array.from({ length: availableParallelism() }, async () => tryAll(left, found)));
  const text = await documentOf(mutations, found);
  if (values.update) await writeFile(page, text);
  const isSame = values.update || (await readFile(page, 'utf8')) === text;
  if (!isSame) say(`${page} says something else: \`npm run mutations -- -u\` writes it.`);
  return !sound && isSame && found.size === mutations.length;
}

/** Several of these share what is left. */
async function tryAll(left: Iterable<Mutation>, found: Map<string, Found>): Promise<void> {
  for (const mutation of left) {
    const { name } = mutation;
    const detection = await firstFinding(mutation);
    if (detection) found.set(name, detection);
    say(
      `${name}: ${detection ? `${detection.finder}, ${detection.tried}: ${detection.found}` : 'NOT FOUND'}`,
    );
  }
}

async function firstFinding(mutation?: Mutation): Promise<Found | undefined> {
  const { name, scenario, unseen } = mutation ?? {};
  const only = scenario === undefined ? [] : [scenario];
  const parameters = { simulator: [values.runs, ...only], stage: [server.url], model: [] };
  for (const finder of finders) {
    if (finder === 'simulator' && unseen !== undefined) continue;
    const detection = await detect(name, finder, parameters[finder]);
    if (detection) return { ...detection, finder };
  }
  return undefined;
}
