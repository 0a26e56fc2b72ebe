import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { rm } from 'node:fs/promises';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import type { Store } from '#store/database.ts';
import { testStore } from '../support/database.ts';
import { newScratchDirectory } from '../support/scratch.ts';
import { drop, type Ran } from './program.ts';

const [home = '', next = ''] = openBankingProviders.map(({ id }) => id);
const policy = { salt: 'autumn', home, moves: [{ to: next, whom: 'new_customers', sharePercent: 10 }] };
const act = ['--reason', 'a test', '--as', 'ida'];

function providers(store: Store, ...parameters: string[]): Promise<Ran> {
  return drop(['providers', ...parameters], { DATABASE_URL: store.url });
}

async function fileOf(content: unknown): Promise<string> {
  const directory = await newScratchDirectory('drop-policy-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'policy.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const valueOf = ({ output }: Ran): unknown => JSON.parse(output);

test('a policy is planned and put in force, and the status shows it', async () => {
  const store = await testStore();
  const file = await fileOf(policy);
  expect((await providers(store, 'plan', file)).output).toBe(
    `From version 0:\n  home: by the environment → ${home}\n` +
      `  to ${next}: whom: new_customers; sharePercent: 10\n` +
      'It was tried on no past payment.\n',
  );
  expect((await providers(store, 'apply', file, ...act, '--yes')).output).toContain(
    'version 1: the policy is in force',
  );
  await providers(store, 'stop', ...act, '--yes');
  expect((await providers(store, 'status')).output).toMatch(
    /Version 2 is in force\.[^]*10 %[^]*STOPPED[^]*a test/,
  );
});

test('a policy is promoted, stopped, resumed and rolled back, and each change is kept', async () => {
  const store = await testStore();
  await providers(store, 'apply', await fileOf(policy), ...act, '--yes');
  await providers(store, 'apply', '--share', '25', ...act, '--yes');
  await providers(store, 'stop', ...act, '--yes');
  expect(valueOf(await providers(store, 'resume', ...act, '--yes', '--json'))).toMatchObject({
    version: 4,
    kind: 'resume',
    by: 'ida',
    reason: 'a test',
    policy: { moves: [{ sharePercent: 25 }] },
  });
  expect((await providers(store, 'rollback', ...act, '--yes')).output).toContain(
    'version 1 is in force again',
  );
  const status = valueOf(await providers(store, 'status', '--json'));
  expect(status).toMatchObject({ version: 5, policy: { moves: [{ sharePercent: 10 }] } });
  expect(status).toMatchObject({
    changes: ['rollback', 'resume', 'stop', 'apply', 'apply'].map((kind) => ({
      kind,
      by: 'ida',
      reason: 'a test',
    })),
  });
});

test('rollbacks go back one by one, until the environment alone decides, and then no further', async () => {
  const store = await testStore();
  for (const share of [10, 20]) {
    const moves = [{ ...policy.moves[0], sharePercent: share }];
    await providers(store, 'apply', await fileOf({ ...policy, moves }), ...act, '--yes');
  }
  await providers(store, 'rollback', ...act, '--yes');
  expect((await providers(store, 'rollback', ...act, '--yes')).output).toContain(
    'the environment alone decides again',
  );
  const further = await providers(store, 'rollback', ...act, '--yes');
  expect([further.code, further.errors]).toEqual([1, expect.stringContaining('no policy to roll back')]);
});

test('a dry run shows the plan and changes nothing', async () => {
  const store = await testStore();
  const { output } = await providers(store, 'apply', await fileOf(policy), ...act, '--dry-run', '--json');
  expect(JSON.parse(output)).toMatchObject({ version: 0, simulatedPayments: 0 });
  expect(valueOf(await providers(store, 'status', '--json'))).toMatchObject({ version: 0, changes: [] });
});

test('a dry run of a stop shows what it changes, refuses what the stop would, and changes nothing', async () => {
  const store = await testStore();
  const without = await providers(store, 'stop', ...act, '--dry-run');
  expect([without.code, without.errors]).toEqual([1, expect.stringContaining('not exactly one move')]);
  await providers(store, 'apply', await fileOf(policy), ...act, '--yes');
  const stop = valueOf(await providers(store, 'stop', ...act, '--dry-run', '--json'));
  expect(stop).toMatchObject({ version: 1, changes: [`to ${next}: stopped: none → yes`] });
  const resume = await providers(store, 'resume', ...act, '--dry-run');
  expect([resume.code, resume.errors]).toEqual([1, expect.stringContaining('is not stopped')]);
  expect(valueOf(await providers(store, 'status', '--json'))).toMatchObject({ version: 1 });
});

test.each([
  ['that is not JSON', '{', 'not JSON'],
  ['with a provider that there is not', { ...policy, home: 'elsewhere' }, 'home: elsewhere is no provider'],
  ['with an unknown member', { ...policy, sahre: 1 }, 'sahre'],
  [
    'with a share above 100',
    { ...policy, moves: [{ ...policy.moves[0], sharePercent: 101 }] },
    'moves.0.sharePercent',
  ],
  [
    'with a bank by its name',
    { ...policy, moves: [{ ...policy.moves[0], banks: ['DNB'] }] },
    'neither a BIC',
  ],
])('a policy %s is refused with its fault', async (_what, content, message) => {
  const { code, errors } = await providers(await testStore(), 'plan', await fileOf(content));
  expect([code, errors]).toEqual([1, expect.stringContaining(message)]);
});

test('a file without an end is refused', async () => {
  const { code, errors } = await providers(await testStore(), 'plan', '/dev/zero');
  expect([code, errors]).toEqual([1, '/dev/zero is larger than 1048576 bytes\n']);
});

test('a file that cannot be read is named', async () => {
  const { code, errors } = await providers(await testStore(), 'plan', '/nonexistent.json');
  expect([code, errors]).toEqual([1, '/nonexistent.json cannot be read: ENOENT\n']);
});

test.each([
  [['apply', ...act, '--yes'], 'give either a file or --share'],
  [['rollback', ...act], 'give either --dry-run or --yes'],
  [['rollback', '--yes'], '--reason'],
  [['rollback', '--reason', 'a test', '--as', ' ', '--yes'], 'a text of at most 100 characters'],
  [['apply', '--share', 'many', ...act, '--yes'], 'a number from 0 to 100'],
  [['stop', '--to', 'elsewhere', ...act, '--yes'], 'Allowed choices'],
])('%j is a wrong command line', async (parameters, message) => {
  const { code, errors } = await providers(await testStore(), ...parameters);
  expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
});

test('a share without a policy in force is refused', async () => {
  const { code, errors } = await providers(await testStore(), 'apply', '--share', '5', ...act, '--yes');
  expect([code, errors]).toEqual([1, expect.stringContaining('name the provider with --to')]);
});
