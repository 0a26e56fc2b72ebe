// `npm run mutations`: takes every guard out, one at a time, and says what finds it; `-u` writes docs/planted-bugs.md.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startTestServer } from '../support/test-server.ts';
import { detect, finders } from './detection.ts';
import { documentOf, type Found } from './document.ts';
import { mutations } from './mutations.ts';

const { values } = parseArgs({
  options: {
    update: { type: 'boolean', short: 'u', default: false },
    // Of the simulator for one guard.
    runs: { type: 'string', default: '200' },
  },
});
const page = 'docs/planted-bugs.md';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const server = await startTestServer();
const parameters = { simulator: [values.runs], stage: [server.url], model: [] };
try {
  process.exitCode = (await isAllFound()) ? 0 : 1;
} finally {
  await server.stop();
}

async function isAllFound(): Promise<boolean> {
  const sound = await firstFinding(undefined, finders);
  if (sound) say(`Without a planted bug, ${sound.finder} finds ${sound.found} in ${sound.where}.`);
  const found = new Map<string, Found>();
  for (const { name, unseen } of mutations) {
    const order = unseen === undefined ? finders : finders.filter((finder) => finder !== 'simulator');
    const detection = await firstFinding(name, order);
    if (detection) found.set(name, detection);
    say(
      `${name}: ${detection ? `${detection.finder}, ${detection.tried}: ${detection.found}` : 'NOT FOUND'}`,
    );
  }
  const text = await documentOf(mutations, found);
  if (values.update) await writeFile(page, text);
  const isSame = values.update || (await readFile(page, 'utf8')) === text;
  if (!isSame) say(`${page} says something else: \`npm run mutations -- -u\` writes it.`);
  return !sound && isSame && found.size === mutations.length;
}

async function firstFinding(
  name: string | undefined,
  order: readonly (typeof finders)[number][],
): Promise<Found | undefined> {
  for (const finder of order) {
    const detection = await detect(name, finder, parameters[finder]);
    if (detection) return { ...detection, finder };
  }
  return undefined;
}
