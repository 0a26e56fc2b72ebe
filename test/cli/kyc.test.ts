import { expect, onTestFinished, test } from 'vitest';
import { accessesOf } from '#store/kyc/access-log.ts';
import { startSandbox } from '../support/sandbox.ts';
import { sumsubWorld, type SumsubWorld } from '../support/sumsub-context.ts';
import { drop, type Ran } from './program.ts';

function show(parameters: string[], environment: Record<string, string> = {}): Promise<Ran> {
  return drop(['kyc', 'show', ...parameters], environment);
}

async function turned(): Promise<SumsubWorld> {
  const world = await sumsubWorld();
  await world.review('approved');
  await world.review('sanctions_match');
  return world;
}

const reason = ['--reason', 'alert of today'];

test('a verdict is explained on standard output, and the message goes to standard error', async () => {
  const { context, user } = await turned();
  const { code, output, errors } = await show([user.id, ...reason, '--as', 'ida'], {
    DATABASE_URL: context.store.url,
  });
  expect(code).toBe(0);
  expect(output).toContain('by webhook: approved → rejected');
  expect(output).toContain('review completed RED FINAL at basic-kyc-level; applicant present');
  expect(output).toContain('labels: SANCTIONS');
  expect(output).toContain('sanctions failed (SANCTIONS)');
  expect(errors).toBe('access logged: ida, reason: alert of today\n');
});

test('--json prints one object with the same content', async () => {
  const { context, user } = await turned();
  const { output } = await show([user.id, ...reason, '--json'], { DATABASE_URL: context.store.url });
  expect(JSON.parse(output)).toMatchObject({
    userId: user.id,
    kycStatus: 'rejected',
    applicant: { verdict: { status: 'rejected' } },
    changes: [{ from: 'approved', status: 'rejected' }, { status: 'approved' }, {}],
  });
});

test('the access is recorded with its reason', async () => {
  const { context, user } = await turned();
  await show([user.id, ...reason, '--as', 'ida'], { DATABASE_URL: context.store.url });
  expect((await accessesOf(context.store.database, user.id, 1))[0]).toMatchObject({
    actor: 'operator',
    actorName: 'ida',
    what: 'history',
    why: 'alert of today',
  });
});

test('a reason is required', async () => {
  const { code, output, errors } = await show(['0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11']);
  expect([code, output]).toEqual([2, '']);
  expect(errors).toContain('--reason');
});

test('an invalid user id is a usage error', async () => {
  expect((await show(['4711', ...reason])).code).toBe(2);
});

test('an unknown customer is reported as such', async () => {
  const { context } = await sumsubWorld();
  const unknown = '0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11';
  const { code, output, errors } = await show([unknown, ...reason], {
    DATABASE_URL: context.store.url,
  });
  expect([code, output, errors]).toEqual([1, '', `There is no customer ${unknown}.\n`]);
});

test('the embedded database of a running Drop is found without an address', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.remove());
  const unknown = '0199a3f2-7d1c-7c3e-9b1a-2f6d5f0e8c11';
  const { code, errors } = await show([unknown, ...reason], { DROP_DATA_DIR: sandbox.dataDirectory });
  expect([code, errors]).toEqual([1, `There is no customer ${unknown}.\n`]);
}, 60_000);

test('the help has examples', async () => {
  const { code, output } = await show(['--help']);
  expect(code).toBe(0);
  expect(output).toContain('Examples:');
});
