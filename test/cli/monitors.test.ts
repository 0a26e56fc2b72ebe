import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBetterStackStack, type BetterStackStack } from '../conformance/better-stack-stack.ts';
import { testStore } from '../support/database.ts';
import { newScratchDirectory } from '../support/scratch.ts';
import { drop, linesOf, type Ran } from './program.ts';

const recipient = 'ida@drop.example';

async function world(): Promise<{
  stack: BetterStackStack;
  environment: Record<string, string>;
  monitors: (...parameters: string[]) => Promise<Ran>;
}> {
  const stack = await startBetterStackStack();
  onTestFinished(() => stack.close());
  const environment = {
    BETTERSTACK_API_URL: stack.origin,
    BETTERSTACK_API_TOKEN: stack.settings.BETTERSTACK_API_TOKEN.reveal(),
    BETTERSTACK_PLAN: 'paid',
    BETTERSTACK_RECIPIENTS: recipient,
  };
  return { stack, environment, monitors: (...parameters) => drop(['monitors', ...parameters], environment) };
}

test('monitors are planned, applied, watched for drift and destroyed; the exit codes tell a difference', async () => {
  const { stack, monitors } = await world();
  const planned = await monitors('plan');
  expect(planned.code).toBe(2);
  expect(planned.output).toMatch(/\+ monitor "health"\n {4}pronounceable_name: "Drop: health"\n/);
  expect(planned.output).toContain('policy_id: "<policy \\"on call\\">"');
  expect(planned.output).toMatch(/\n15 to create, 0 to update, 0 to delete.\n$/);
  expect(planned.output).not.toContain(recipient);

  const applied = await monitors('apply', '--yes');
  expect(applied).toMatchObject({ code: 0, output: '15 changes made.\n' });
  expect(applied.errors).toMatch(/^not recorded in the audit trail: No DATABASE_URL is set[^\n]+\n1\/15 /);
  expect(applied.errors).toMatch(
    /\n1\/15 \+ severity "Slack"\n[^]*15\/15 \+ on the status page: "heartbeat scheduled/,
  );

  expect(await monitors('plan')).toMatchObject({
    code: 0,
    output: 'Nothing to change: BetterStack is as declared.\n',
  });
  expect(await monitors('drift')).toMatchObject({ code: 0, output: 'BetterStack is as declared.\n' });

  const [monitor] = stack.emulator.state().monitors as { id: string }[];
  await stack.call('PATCH', `/api/v2/monitors/${monitor?.id}`, { paused: true });
  const drifted = await monitors('drift', '--json');
  expect(drifted.code).toBe(2);
  expect(JSON.parse(drifted.output)).toMatchObject({
    isAsDeclared: false,
    changes: [
      { action: 'update', key: 'health', differences: [{ attribute: 'paused', from: true, to: false }] },
    ],
    findings: [{ code: 'paused' }],
  });

  expect((await monitors('destroy', '--dry-run')).output).toMatch(
    /- severity "Slack"\n0 to create, 0 to update, 15 to/,
  );
  expect(stack.emulator.state().monitors).toHaveLength(4);
  expect(await monitors('destroy', '--yes')).toMatchObject({ code: 0, output: '15 changes made.\n' });
  expect(stack.emulator.state().monitors).toEqual([]);
});

test('changes at BetterStack are acts of the operator where there is a database, and a dry run is none', async () => {
  const { environment } = await world();
  const { url: DATABASE_URL } = await testStore();
  const run = (...words: string[]) => drop(words, { ...environment, DATABASE_URL });
  await run('monitors', 'apply', '--dry-run');
  await run('monitors', 'apply', '--yes', '--as', 'ida', '--reason', 'a new listener');
  await run('monitors', 'apply', '--yes', '--as', 'ida');
  await run('monitors', 'destroy', '--yes', '--as', 'ola');
  expect(linesOf(await run('audit', 'acts', '--json'))).toMatchObject([
    { operator: 'ola', act: 'destroyed monitors', about: '15 changes at BetterStack', reason: null },
    { operator: 'ida', act: 'applied monitors', reason: 'a new listener' },
  ]);
});

test('what was made by hand is imported, and a duplicate keeps apply from changing anything', async () => {
  const { stack, monitors } = await world();
  await stack.call('POST', '/api/v2/monitors', {
    url: 'https://drop.alai.no',
    pronounceable_name: 'Website',
  });
  expect(await monitors('import', 'monitor/app', '--yes')).toMatchObject({
    code: 0,
    output: 'monitor 2001 "Website" → monitor/app\n',
  });
  await stack.call('POST', '/api/v2/monitors', { url: 'https://x.example', pronounceable_name: 'Drop: app' });
  const refused = await monitors('apply', '--yes');
  expect(refused).toMatchObject({ code: 1, output: '' });
  expect(refused.errors).toBe(
    'nothing was changed: monitor 2001 "Drop: app" is there 2 times (2001, 2002): keep one of them\n',
  );
  expect(stack.emulator.state().policies).toEqual([]);
});

test('heartbeat addresses go to a file that only its owner reads, once, and are never printed', async () => {
  const { monitors } = await world();
  const directory = await newScratchDirectory('drop-heartbeats-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'heartbeats.env');
  expect((await monitors('heartbeats', '--write', file)).errors).toContain('run `monitors apply` first');
  await monitors('apply', '--yes');
  const { output, errors } = await monitors('heartbeats', '--write', file);
  expect(`${output}${errors}`).not.toContain('demo-heartbeat');
  expect(await readFile(file, 'utf8')).toMatch(
    /^BETTERSTACK_HEARTBEAT_SCHEDULED_WORK_URL=http:\S+\/api\/v1\/heartbeat\/demo-heartbeat-1\n/,
  );
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await monitors('heartbeats', '--write', file)).errors).toContain('cannot be written: EEXIST');
});

test('heartbeat addresses are written with --json too, which tells the variables and no address', async () => {
  const { monitors } = await world();
  const directory = await newScratchDirectory('drop-heartbeats-');
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'heartbeats.env');
  await monitors('apply', '--yes');
  const { code, output, errors } = await monitors('heartbeats', '--write', file, '--json');
  expect([code, errors]).toEqual([0, '']);
  expect(JSON.parse(output)).toEqual({
    file,
    heartbeats: [
      { key: 'scheduled work', variable: 'BETTERSTACK_HEARTBEAT_SCHEDULED_WORK_URL' },
      { key: 'webhook inbox', variable: 'BETTERSTACK_HEARTBEAT_WEBHOOK_INBOX_URL' },
      { key: 'outbox', variable: 'BETTERSTACK_HEARTBEAT_OUTBOX_URL' },
    ],
  });
  expect(await readFile(file, 'utf8')).toContain('BETTERSTACK_HEARTBEAT_OUTBOX_URL=http');
});

test('an error of BetterStack ends with 1 and not with the code of a difference', async () => {
  const { stack, monitors } = await world();
  stack.faults.add({ operation: 'monitors.list', effect: 'status', status: 401 });
  const { code, errors } = await monitors('plan');
  expect([code, errors]).toEqual([
    1,
    'list /api/v2/monitors: BetterStack does not accept BETTERSTACK_API_TOKEN\n',
  ]);
});

test.each([
  [{}, 'BETTERSTACK_API_TOKEN is required'],
  [{ BETTERSTACK_API_TOKEN: 'x', BETTERSTACK_PLAN: 'gold' }, 'BETTERSTACK_PLAN is not in the form'],
  [{ BETTERSTACK_API_TOKEN: 'x', BETTERSTACK_API_URL: 'http://uptime.example' }, 'must be an https: address'],
])('variables at fault are named before anything is sent (sample %#)', async (environment, problem) => {
  const { code, errors } = await drop(['monitors', 'plan'], environment);
  expect([code, errors.includes(problem)]).toEqual([1, true]);
});

/** Starts nothing: the variables that a sandbox leaves while it runs, of an emulator that a test has. */
async function besideSandbox(): Promise<{ stack: BetterStackStack; DROP_DATA_DIR: string }> {
  const { stack, environment } = await world();
  const DROP_DATA_DIR = await newScratchDirectory('drop-monitors-');
  onTestFinished(() => rm(DROP_DATA_DIR, { recursive: true, force: true }));
  const variables = JSON.stringify({ DROP_ENVIRONMENT: 'sandbox', ...environment });
  await writeFile(join(DROP_DATA_DIR, 'environment.json'), variables);
  return { stack, DROP_DATA_DIR };
}

test('beside a sandbox that runs, its emulator is meant without a variable, and is named', async () => {
  const { stack, DROP_DATA_DIR } = await besideSandbox();
  const { code, output, errors } = await drop(['monitors', 'plan'], { DROP_DATA_DIR });
  expect([code, errors]).toEqual([2, `at the sandbox's emulator of BetterStack, ${stack.origin}\n`]);
  expect(output).toContain('15 to create');
  const free = await drop(['monitors', 'plan'], { DROP_DATA_DIR, BETTERSTACK_PLAN: 'free' });
  expect(free.output).toContain('the free plan sends no SMS');
});

test.each([{ BETTERSTACK_API_URL: 'https://uptime.example' }, { DROP_ENVIRONMENT: 'production' }])(
  'beside a sandbox, what is configured for another place is not sent to its emulator (sample %#)',
  async (environment) => {
    const { DROP_DATA_DIR } = await besideSandbox();
    const { code, errors } = await drop(['monitors', 'plan'], { DROP_DATA_DIR, ...environment });
    expect([code, errors.includes('BETTERSTACK_API_TOKEN is required')]).toEqual([1, true]);
  },
);

test('a variable with a misspelt name is named without its value, and the plan is made', async () => {
  const { environment } = await world();
  const misspelt = { BETTERSTACK_HEALTH: 'https://pay.example/api/health', BETTERSTACK_PLAN_FILE: '' };
  const { code, errors } = await drop(['monitors', 'plan'], { ...environment, ...misspelt });
  expect([code, errors]).toEqual([
    2,
    'not read, since no variable has this name: BETTERSTACK_HEALTH (docs/configuration.md)\n',
  ]);
});

test('the variables of heartbeats, and those with a file, have known names', async () => {
  const { environment } = await world();
  const known = { BETTERSTACK_HEARTBEAT_OUTBOX_URL: 'https://uptime.example/x' };
  expect((await drop(['monitors', 'plan'], { ...environment, ...known })).errors).toBe('');
});

test('a change without a confirmation is refused', async () => {
  const { stack, monitors } = await world();
  expect(await monitors('destroy')).toMatchObject({ code: 2 });
  expect(stack.emulator.state().monitors).toEqual([]);
});
