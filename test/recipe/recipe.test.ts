import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../tidy/tree.ts';
import { newDataDirectory, startSandbox, type RunningSandbox } from '../support/sandbox.ts';
import { copyRepository, type Copy } from './copy.ts';
import { addProvider, commandsOfRecipe, folders, list, stepsOfRecipe } from './recipe.ts';

/** What a command of the recipe writes anew. */
const generated = [
  ...['.env.example', '.env.test.example'],
  ...['docs/configuration.md', 'docs/fault-matrix.md', 'docs/integrations.md'],
];

/** Long enough for a machine that does much else. */
const commandMsMax = 600_000;
const startMsMax = 180_000;

/**
 * The recipe in CONTRIBUTING.md, followed by this script in a copy of the repository, for a made-up provider that uses
 * every arm of the contract.
 */
let copy: Copy;

beforeAll(async () => {
  copy = await copyRepository();
  await addProvider(copy);
}, startMsMax);
afterAll(() => copy.remove());

/** The suites of the other providers, and those without a provider, have run where this test runs. */
function ofNewProvider(command: string): string {
  const titles = [
    'Fjord Pay',
    'fjord-pay',
    'the matrix',
    'the tree has',
    'docs/',
    'every ',
    'resetMockServices',
  ];
  return command.startsWith('vitest ') ? `${command} -t '${titles.join('|')}'` : command;
}

const isOfProvider = (path: string): boolean => folders.some((folder) => path.startsWith(`${folder}/`));

describe('a provider that is added by the recipe', () => {
  test('touches its folder, its words for the suites, and one list', async () => {
    expect((await copy.changed()).filter((path) => !isOfProvider(path))).toEqual([list]);
  });

  test('adds an import and an entry to the list, and nothing else', async () => {
    const linesAt = async (at: string) => (await readFile(join(at, list), 'utf8')).split('\n');
    const [before, now] = [await linesAt(root), await linesAt(copy.directory)];
    expect(before.filter((line) => !now.includes(line))).toEqual([]);
    expect(now.filter((line) => !before.includes(line))).toEqual([
      "import { fjordPay } from './fjord-pay/provider.ts';",
      '  fjordPay,',
    ]);
  });

  test('is begun by the first step, filled by hand in the next one, and tried by commands in the others', () => {
    const [first = '', second = '', ...others] = stepsOfRecipe();
    expect(first).toContain('`npm run new-provider -- <id>');
    expect(second).toContain('npx vitest run test/conformance/filled');
    for (const named of ['src/services/open-banking/<id>/', list, 'test/conformance/<id>/'])
      expect(first).toContain(named);
    expect(others.filter((step) => /`(npm|npx) /.test(step))).toEqual(others);
    expect(commandsOfRecipe().length).toBeGreaterThan(2);
  });

  test.each(commandsOfRecipe())('passes `%s`', { timeout: commandMsMax }, async (command) => {
    await copy.shell(ofNewProvider(command.replace(/^npx /, '')));
  });

  test('changes beside that only what the commands write anew', async () => {
    const others = (await copy.changed()).filter((path) => !isOfProvider(path));
    expect(others).toEqual([...generated, list].toSorted());
  });
});

describe('in a sandbox that offers the banks of the new provider', () => {
  let sandbox: RunningSandbox;
  let dataDirectory: string;

  beforeAll(async () => {
    dataDirectory = await newDataDirectory();
    const environment = { OPENBANKING_PROVIDER: 'fjord-pay' };
    sandbox = await startSandbox({ directory: copy.directory, dataDirectory, environment });
  }, startMsMax);
  afterAll(async () => {
    await sandbox.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }, startMsMax);

  test.each([
    ['with a page', 'DNB', 'at the bank'],
    ['in an app', 'Nordea', "in the bank's app"],
    ['with two pages, the first for a consent', 'Handelsbanken', 'at the bank'],
    ['with an exemption', 'SpareBank 1', 'without a step'],
  ])('a customer links and pays at a bank %s', { timeout: startMsMax }, async (_way, bank, approved) => {
    const smoke = `node bin/drop.js smoke --json --url ${sandbox.appOrigin} --bank '${bank}'`;
    const lines = (await copy.shell(smoke)).trim().split('\n');
    const steps = lines.map((line) => JSON.parse(line) as { step: string; ok: boolean; detail: string });
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps.find(({ step }) => step === 'link a bank')?.detail).toContain(`approved ${approved}`);
    expect(steps.map(({ step }) => step)).toContain('settled');
  });
});

describe('a provider that was only begun', () => {
  test('is red, and each file that is still the reference is named', { timeout: commandMsMax }, async () => {
    await copy.shell('npm run --silent new-provider -- acme-pay "Acme Pay"');
    const suite = copy.shell('vitest run test/conformance/filled');
    await expect(suite).rejects.toThrow(/src\/services\/open-banking\/acme-pay\/wire\.ts/);
    await expect(suite).rejects.toThrow(/test\/conformance\/acme-pay\/subject\.ts/);
  });

  test.each([
    ['without an id', '', 'Usage: npm run new-provider'],
    ['with an id that no variable can be named after', 'Acme_Pay', 'Usage: npm run new-provider'],
    ['with a name that no TypeScript string can hold', `acme-two "Tom's Pay"`, 'The display name may have'],
    ['that is there already', 'enable-banking', 'src/services/open-banking/enable-banking is there already'],
  ])('%s is refused', async (_what, id, message) => {
    await expect(copy.shell(`npm run --silent new-provider -- ${id}`)).rejects.toThrow(message);
  });
});
