import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '#services/better-stack/monitors/apply.ts';
import { adopt, planAdoption, planDestruction, planMonitors } from '#services/better-stack/monitors/plan.ts';
import type { Change } from '#services/better-stack/monitors/diff.ts';
import { settingsOf, startBetterStackStack, type BetterStackStack } from './better-stack-stack.ts';

let stack: BetterStackStack;
beforeEach(async () => {
  stack = await startBetterStackStack();
});
afterEach(async () => stack.close());

const plan = () => planMonitors(stack.api, stack.settings);
const titles = (changes: readonly Change[]): string[] =>
  changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`);

async function apply(settings = stack.settings): Promise<Change[]> {
  const planned = await planMonitors(stack.api, settings);
  await applyPlan(stack.api, planned, () => undefined);
  return planned.changes;
}

const codes = async (): Promise<string[]> => (await plan()).findings.map(({ code }) => code);
const ids = (held: object[]): string[] => held.map((each) => (each as { id: string }).id);
const monitors = () =>
  stack.emulator.state().monitors as { id: string; pronounceable_name: string; url: string }[];
const idOf = (name: string): string => monitors().find((each) => each.pronounceable_name === name)?.id ?? '';

describe('what is declared', () => {
  test('is made from nothing, what others refer to first', async () => {
    const progress: string[] = [];
    const planned = await plan();
    await applyPlan(stack.api, planned, ({ kind }, { number, total }) =>
      progress.push(`${number}/${total} ${kind}`),
    );
    expect(titles(planned.changes)).toEqual([
      'create severity Slack',
      'create severity e-mail',
      'create severity SMS',
      'create policy on call',
      'create monitor health',
      'create monitor app',
      'create monitor sign-in page',
      'create monitor API',
      'create heartbeat scheduled work',
      'create heartbeat webhook inbox',
      'create heartbeat outbox',
      'create status_page drop-status',
      'create shown monitor app',
      'create shown monitor health',
      'create shown heartbeat scheduled work',
    ]);
    expect([progress[0], progress.at(-1)]).toEqual(['1/15 severity', '15/15 shown']);
  });

  test('shows no difference once it is made', async () => {
    await apply();
    expect(await plan()).toMatchObject({ changes: [], findings: [] });
  });

  test('escalates after 0, 5 and 15 minutes, as waits from step to step', async () => {
    await apply();
    const [policy] = stack.emulator.state().policies as { steps: { wait_before: number }[] }[];
    expect(policy?.steps.map(({ wait_before }) => wait_before)).toEqual([0, 0, 300, 600]);
  });

  test.each([
    [{}, 'The database does not answer: docs/runbook/the-database-does-not-answer.md'],
    [
      { BETTERSTACK_RUNBOOK_URL: 'https://docs.getdrop.no/runbook/' },
      '[The database does not answer](https://docs.getdrop.no/runbook/the-database-does-not-answer.md)',
    ],
  ])('begins each incident with the pages of the runbook (sample %#)', async (given, shown) => {
    await apply(settingsOf(given));
    const [policy] = stack.emulator.state().policies as {
      steps: { type: string; instructions_comment: string | null }[];
    }[];
    const [first, ...others] = policy?.steps ?? [];
    expect([first?.type, others.some(({ type }) => type === 'instructions')]).toEqual([
      'instructions',
      false,
    ]);
    expect(first?.instructions_comment).toContain(`**Drop: health**: Drop runs and cannot serve. ${shown}`);
    expect((await planMonitors(stack.api, settingsOf(given))).changes).toEqual([]);
  });

  test('sends no SMS on the free plan, and the plan says so', async () => {
    const settings = settingsOf({ BETTERSTACK_PLAN: 'free' });
    await apply(settings);
    const [policy] = stack.emulator.state().policies as { steps: unknown[] }[];
    expect(policy?.steps).toHaveLength(3);
    const { changes, findings } = await planMonitors(stack.api, settings);
    expect([changes, findings.map(({ code }) => code)]).toEqual([[], ['sms_skipped']]);
  });

  test('watches the health by the exact text that only a serving Drop answers', async () => {
    await apply();
    expect(monitors().find(({ pronounceable_name: name }) => name === 'Drop: health')).toMatchObject({
      url: 'https://getdrop.no/api/health',
      monitor_type: 'keyword',
      required_keyword: '"status":"ok"',
      http_method: 'get',
      ssl_expiration: 14,
      domain_expiration: 30,
    });
  });

  test('is found again behind more pages of other monitors than one', async () => {
    for (let number = 1; number <= 260; number += 1)
      await stack.call('POST', '/api/v2/monitors', { url: `https://other.example/${number}` });
    await apply();
    expect((await plan()).changes).toEqual([]);
  });
});

describe('a change by hand', () => {
  beforeEach(async () => void (await apply()));

  test('is shown, attribute by attribute, and mended', async () => {
    await stack.call('PATCH', `/api/v2/monitors/${idOf('Drop: app')}`, {
      check_frequency: 900,
      expected_status_codes: [200, 500],
    });
    const { changes } = await plan();
    expect(changes).toMatchObject([
      {
        action: 'update',
        kind: 'monitor',
        key: 'app',
        differences: [
          { attribute: 'expected_status_codes', from: [200, 500], to: [200] },
          { attribute: 'check_frequency', from: 900, to: 60 },
        ],
      },
    ]);
    await apply();
    expect((await plan()).changes).toEqual([]);
  });

  test('to an attribute that is not declared is nobody’s business of Drop', async () => {
    await stack.call('PATCH', `/api/v2/monitors/${idOf('Drop: app')}`, {
      recovery_period: 60,
      regions: ['eu'],
    });
    expect((await plan()).changes).toEqual([]);
  });

  test('that pauses a monitor is a finding and is mended', async () => {
    await stack.call('PATCH', `/api/v2/monitors/${idOf('Drop: health')}`, { paused: true });
    expect(await codes()).toEqual(['paused']);
    await apply();
    expect(await codes()).toEqual([]);
  });

  test('that empties the escalation is a finding and is mended', async () => {
    const [policy] = ids(stack.emulator.state().policies);
    await stack.call('PATCH', `/api/v3/policies/${policy}`, { steps: [] });
    expect(await codes()).toEqual(['tells_nobody']);
    await apply();
    expect(await plan()).toMatchObject({ changes: [], findings: [] });
  });

  test('that leaves instructions alone in the escalation is a finding', async () => {
    const [policy] = ids(stack.emulator.state().policies);
    await stack.call('PATCH', `/api/v3/policies/${policy}`, {
      steps: [{ type: 'instructions', instructions_comment: 'look at the log' }],
    });
    expect(await codes()).toEqual(['tells_nobody']);
  });

  test('that leaves a step without members is a finding', async () => {
    const [policy] = ids(stack.emulator.state().policies);
    await stack.call('PATCH', `/api/v3/policies/${policy}`, {
      steps: [{ type: 'escalation', step_members: [] }],
    });
    expect(await codes()).toEqual(['tells_nobody']);
  });

  test('that deletes a monitor is mended, on the status page too', async () => {
    await stack.call('DELETE', `/api/v2/monitors/${idOf('Drop: app')}`);
    expect(titles((await plan()).changes)).toEqual(['create monitor app', 'create shown monitor app']);
    await apply();
    expect((await plan()).changes).toEqual([]);
  });

  test('that adds a monitor with a name of Drop is taken back', async () => {
    await stack.call('POST', '/api/v2/monitors', {
      url: 'https://x.example',
      pronounceable_name: 'Drop: former',
    });
    expect(titles(await apply())).toEqual(['delete monitor former']);
    expect(idOf('Drop: former')).toBe('');
  });
});

describe('what is not Drop’s', () => {
  const other = { url: 'https://drop.alai.no/', pronounceable_name: 'Website' };

  test('is neither changed nor deleted, also not by destroy', async () => {
    await stack.call('POST', '/api/v2/monitors', { ...other, url: 'https://other.example' });
    const before = JSON.stringify(monitors());
    await apply();
    const destruction = await planDestruction(stack.api, stack.settings);
    await applyPlan(stack.api, destruction, () => undefined);
    const { monitors: left, heartbeats, policies, severities, statusPages } = stack.emulator.state();
    expect(JSON.stringify(left)).toBe(before);
    expect([heartbeats, policies, severities, statusPages]).toEqual([[], [], [], []]);
  });

  test('may be shown on the status page of Drop and stays there', async () => {
    const { body } = await stack.call('POST', '/api/v2/monitors', other);
    const { id } = (body as { data: { id: string } }).data;
    await apply();
    const [page] = ids(stack.emulator.state().statusPages);
    const resource = { resource_type: 'Monitor', resource_id: id, public_name: 'Website' };
    await stack.call('POST', `/api/v2/status-pages/${page}/resources`, resource);
    expect((await plan()).changes).toEqual([]);
  });

  test('is told where it does the same as something that is declared', async () => {
    await stack.call('POST', '/api/v2/monitors', other);
    expect(await codes()).toEqual(['made_by_hand']);
  });

  test('is adopted by import under its name, and the next plan mends the rest', async () => {
    await stack.call('POST', '/api/v2/monitors', other);
    const [id] = ids(stack.emulator.state().monitors);
    const candidates = await planAdoption(stack.api, stack.settings, ['monitor/app']);
    for (const candidate of candidates) await adopt(stack.api, candidate);
    expect(idOf('Drop: app')).toBe(id);
    await apply();
    expect(monitors().map(({ url }) => url)).toHaveLength(4);
    expect((await plan()).changes).toEqual([]);
  });

  test('is not adopted where several would fit', async () => {
    await stack.call('POST', '/api/v2/monitors', other);
    await stack.call('POST', '/api/v2/monitors', other);
    await expect(planAdoption(stack.api, stack.settings, [])).rejects.toThrow(/several fit monitor\/app/);
  });

  test('is not adopted where nothing fits', async () => {
    await expect(planAdoption(stack.api, stack.settings, ['monitor/app'])).rejects.toThrow(/nothing .* fits/);
  });

  test('keeps its status page: one with the address that Drop needs must be imported first', async () => {
    const page = {
      company_name: 'Alai',
      company_url: 'https://alai.no',
      subdomain: 'drop-status',
      timezone: 'UTC',
    };
    await stack.call('POST', '/api/v2/status-pages', page);
    expect(await codes()).toEqual(['address_taken']);
    for (const candidate of await planAdoption(stack.api, stack.settings, []))
      await adopt(stack.api, candidate);
    await apply();
    expect(await plan()).toMatchObject({ changes: [], findings: [] });
  });
});

test('two of one name are a finding, and neither is changed', async () => {
  await apply();
  await stack.call('PATCH', `/api/v2/monitors/${idOf('Drop: app')}`, { check_frequency: 300 });
  await stack.call('POST', '/api/v2/monitors', {
    url: 'https://x.example',
    pronounceable_name: 'Drop: app',
    check_frequency: 900,
  });
  expect(await codes()).toEqual(['duplicate']);
  expect(titles((await plan()).changes)).not.toContain('update monitor app');
});

describe('a creation', () => {
  test('whose answer was lost is found and not made twice', async () => {
    stack.faults.add({ operation: 'monitors.create', effect: 'drop-after-commit', times: 1 });
    await apply();
    expect(monitors()).toHaveLength(4);
    expect((await plan()).changes).toEqual([]);
  });

  test('that BetterStack answers 500 and did not make ends the run; the next one goes on', async () => {
    stack.faults.add({ operation: 'heartbeats.create', effect: 'status', status: 500, times: 1 });
    await expect(apply()).rejects.toMatchObject({
      code: 'provider_timeout',
      message:
        'whether heartbeat scheduled work was created is not known: wait a minute and apply again, which looks first',
    });
    expect(monitors()).toHaveLength(4);
    await apply();
    expect((await plan()).changes).toEqual([]);
  });

  test('that BetterStack limits waits as long as it says, and is made once', async () => {
    stack.faults.add({
      operation: 'monitors.create',
      effect: 'status',
      status: 429,
      retryAfterSeconds: 0,
      times: 2,
    });
    await apply();
    expect(monitors()).toHaveLength(4);
  });

  test('that BetterStack refuses names the attribute and no value', async () => {
    const settings = settingsOf({ BETTERSTACK_APP_URL: 'https://drop.alai.no' });
    stack.faults.add({ operation: 'policies.create', effect: 'status', status: 422, times: 1 });
    await expect(apply(settings)).rejects.toMatchObject({
      code: 'provider_refused',
      message: 'create at /api/v3/policies: BetterStack does not accept the attribute base',
    });
  });
});

test('a list that is always limited ends after four attempts', async () => {
  stack.faults.add({ operation: 'monitors.list', effect: 'status', status: 429, retryAfterSeconds: 0 });
  await expect(plan()).rejects.toMatchObject({ code: 'provider_rate_limited' });
});

test('a token that BetterStack does not know is named by its variable', async () => {
  const other = await startBetterStackStack({}, 'demo-other-token');
  try {
    await expect(planMonitors(other.api, other.settings)).rejects.toThrow(
      /does not accept BETTERSTACK_API_TOKEN/,
    );
  } finally {
    await other.close();
  }
});
