import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startBetterStackStack,
  type BetterStackStack,
} from '../../../../test/conformance/better-stack-stack.ts';
import { listenOnLoopback, type LoopbackServer } from '../../../../test/support/loopback.ts';

const minuteMs = 60_000;
let stack: BetterStackStack;
let app: LoopbackServer;
let answer: { status: number; body: string };

beforeEach(async () => {
  stack = await startBetterStackStack();
  app = await listenOnLoopback(0);
  answer = { status: 200, body: '{"status":"ok"}' };
  app.handle(() => new Response(answer.body, { status: answer.status }));
});
afterEach(async () => {
  await stack.close();
  await app.close();
});

async function make(
  path: string,
  body: object,
): Promise<{ id: string; attributes: Record<string, unknown> }> {
  const made = await stack.call('POST', path, body);
  expect(made).toMatchObject({ status: 201 });
  return (made.body as { data: { id: string; attributes: Record<string, unknown> } }).data;
}

const act = (name: string, parameters = {}) => stack.emulator.actions?.[name]?.(parameters);
const page = async (path: string): Promise<string> => (await stack.emulator.routes.request(path)).text();

describe('the API', () => {
  test('refuses a wrong token', async () => {
    const response = await fetch(`${stack.origin}/api/v2/monitors`, {
      headers: { authorization: 'Bearer x' },
    });
    expect([response.status, await response.json()]).toEqual([401, { errors: 'Invalid Team API token' }]);
  });

  test('makes methods lower case, ids of policies strings, and fills in defaults', async () => {
    const { id: policy } = await make('/api/v3/policies', { name: 'a' });
    const body = {
      url: 'https://x.example',
      http_method: 'POST',
      policy_id: Number(policy),
      scenario_name: 'x',
    };
    const { attributes } = await make('/api/v2/monitors', body);
    expect(attributes).toMatchObject({
      http_method: 'post',
      policy_id: policy,
      check_frequency: 180,
      status: 'pending',
    });
    expect(attributes).not.toHaveProperty('scenario_name');
  });

  test.each([
    ['/api/v2/monitors', { url: 'no address' }, 'url'],
    ['/api/v2/monitors', { url: 'https://x.example', check_frequency: 1 }, 'check_frequency'],
    ['/api/v2/monitors', { url: 'https://x.example', policy_id: '1' }, 'policy_id'],
    ['/api/v2/heartbeats', { name: 'a', period: 10 }, 'period'],
    ['/api/v2/status-pages', { company_name: 'a' }, 'subdomain'],
  ])('refuses what %s does not take, by the attribute (sample %#)', async (path, body, attribute) => {
    expect(await stack.call('POST', path, body)).toMatchObject({
      status: 422,
      body: { errors: { [attribute]: [expect.any(String)] } },
    });
  });

  test('lists in pages of 50 with the addresses of the neighbours', async () => {
    for (let number = 1; number <= 51; number += 1) await make('/api/v2/urgencies', { name: `${number}` });
    const { body } = await stack.call('GET', '/api/v2/urgencies?page=2');
    const at = (number: number): string => `${stack.origin}/api/v2/urgencies?page=${number}&per_page=50`;
    expect(body).toMatchObject({
      data: [{ attributes: { name: '51' } }],
      pagination: { first: at(1), last: at(2), prev: at(1), next: null },
    });
  });

  test.each([
    [{ type: 'instructions' }],
    [{ type: 'escalation', instructions_comment: 'look at the log', step_members: [] }],
  ])('refuses instructions without a text, and a text without instructions (sample %#)', async (step) => {
    const { status } = await stack.call('POST', '/api/v3/policies', { name: 'on call', steps: [step] });
    expect(status).toBe(422);
  });

  test('answers 204 to a deletion and 404 to another', async () => {
    const { id } = await make('/api/v2/urgencies', { name: 'a' });
    expect(await stack.call('DELETE', `/api/v2/urgencies/${id}`)).toMatchObject({ status: 204 });
    expect(await stack.call('DELETE', `/api/v2/urgencies/${id}`)).toMatchObject({ status: 404 });
  });
});

/** A monitor of the app that tells Slack at once, mail after five minutes and SMS after ten more. */
async function watched(): Promise<string> {
  const urgency = async (sms: boolean): Promise<number> =>
    Number((await make('/api/v2/urgencies', { name: `${sms}`, sms, email: false })).id);
  const person = { type: 'user', email: 'vakt@drop.example' };
  const escalation = { type: 'escalation' };
  const steps = [
    { ...escalation, wait_before: 0, step_members: [{ type: 'all_slack_integrations' }] },
    { ...escalation, wait_before: 300, urgency_id: await urgency(false), step_members: [person] },
    { ...escalation, wait_before: 600, urgency_id: await urgency(true), step_members: [person] },
  ];
  const { id: policy } = await make('/api/v3/policies', { name: 'on call', steps });
  const keyword = { monitor_type: 'keyword', required_keyword: '"status":"ok"' };
  const of = { url: `${app.origin}/`, pronounceable_name: 'health', policy_id: policy, check_frequency: 60 };
  await make('/api/v2/monitors', { ...of, ...keyword, recovery_period: 180 });
  return policy;
}

const told = (): string[] =>
  stack.emulator
    .state()
    .incidents.flatMap(({ deliveries }) => deliveries.map((each) => `${each.minute} ${each.channel}`));

describe('an outage', () => {
  test.each([
    ['another text', { status: 200, body: '{"status":"down"}' }],
    ['a space in the text', { status: 200, body: '{"status": "ok"}' }],
    ['503', { status: 503, body: '{"status":"down"}' }],
  ])('begins with %s', async (_name, failing) => {
    await watched();
    await act('check_now');
    expect(told()).toEqual([]);
    answer = failing;
    await act('check_now');
    expect(told()).toEqual(['0 slack']);
    expect(stack.posted).toEqual([expect.stringContaining('health is down')]);
  });

  test('is told to Slack at once and by SMS after fifteen minutes, each step once', async () => {
    await watched();
    answer = { status: 503, body: '' };
    await act('check_now');
    await act('pass_minutes', { minutes: 14 });
    expect(told()).toEqual(['0 slack']);
    await act('pass_minutes', { minutes: 1 });
    await act('pass_minutes', { minutes: 60 });
    expect(told()).toEqual(['0 slack', '15 sms']);
    expect(await page('/sms')).toContain('health is down');
  });

  test('has the instructions of its escalation on its page, beside those who are told', async () => {
    const policy = await watched();
    const steps = [
      { type: 'instructions', instructions_comment: 'First: look at the log' },
      { type: 'escalation', step_members: [{ type: 'all_slack_integrations' }] },
    ];
    await stack.call('PATCH', `/api/v3/policies/${policy}`, { steps });
    answer = { status: 503, body: '' };
    await act('check_now');
    expect(await page('/incidents/1')).toContain('<pre>First: look at the log</pre>');
    expect(told()).toEqual(['0 slack']);
  });

  test('is told to no more people once it is acknowledged', async () => {
    await watched();
    answer = { status: 503, body: '' };
    await act('check_now');
    await stack.emulator.routes.request('/incidents/1/acknowledge', { method: 'POST' });
    await act('pass_minutes', { minutes: 60 });
    expect(told()).toEqual(['0 slack']);
  });

  test('is over when the monitor was up for its recovery period, and Slack hears of it', async () => {
    await watched();
    answer = { status: 503, body: '' };
    await act('check_now');
    answer = { status: 200, body: '{"status":"ok"}' };
    await act('check_now');
    expect(stack.emulator.state().incidents[0]?.resolvedAt).toBeUndefined();
    stack.clock.advance(3 * minuteMs);
    await act('check_now');
    expect(stack.emulator.state().incidents[0]?.resolvedAt).toBeDefined();
    expect(stack.posted.at(-1)).toContain('health is up again');
  });

  test('can be brought about and ended by hand', async () => {
    await watched();
    await act('cut_off', { isCutOff: true });
    expect(told()).toEqual(['0 slack']);
    await act('cut_off', { isCutOff: false });
    stack.clock.advance(3 * minuteMs);
    await act('check_now');
    expect(stack.emulator.state().incidents[0]?.resolvedAt).toBeDefined();
  });

  test('of a paused monitor is told to nobody', async () => {
    await watched();
    const [monitor] = stack.emulator.state().monitors as { id: string }[];
    await stack.call('PATCH', `/api/v2/monitors/${monitor?.id}`, { paused: true });
    answer = { status: 503, body: '' };
    await act('check_now');
    expect(told()).toEqual([]);
  });
});

describe('a heartbeat', () => {
  const late = 3 * minuteMs + 1;

  async function heartbeat(): Promise<string> {
    const policy = await watched();
    const of = { name: 'work', period: 60, grace: 120, policy_id: policy };
    return String((await make('/api/v2/heartbeats', of)).attributes['url']);
  }

  test('that stays out after the first one is an incident, which the next one ends', async () => {
    const url = await heartbeat();
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
    stack.clock.advance(late - 1);
    await act('check_now');
    expect(told()).toEqual([]);
    stack.clock.advance(1);
    await act('check_now');
    expect(told()).toEqual(['0 slack']);
    await fetch(url, { method: 'POST' });
    await act('check_now');
    expect(stack.emulator.state().incidents[0]?.resolvedAt).toBeDefined();
  });

  test('that never came is waited for', async () => {
    await heartbeat();
    stack.clock.advance(late);
    await act('check_now');
    expect(told()).toEqual([]);
  });

  test('at an address that nothing has is refused', async () => {
    expect((await fetch(`${stack.origin}/api/v1/heartbeat/other`)).status).toBe(404);
  });
});

test('the first page says how to fill an empty account', async () => {
  expect(await page('/')).toMatch(/SANDKASSE[^]*npx drop monitors plan/);
});

test('reset forgets everything', async () => {
  await watched();
  answer = { status: 503, body: '' };
  await act('check_now');
  stack.emulator.reset();
  const { monitors, incidents, sms } = stack.emulator.state();
  expect([monitors, incidents, sms]).toEqual([[], [], []]);
});

test('a restart keeps monitors and incidents', async () => {
  await watched();
  answer = { status: 503, body: '' };
  await act('check_now');
  const saved = structuredClone(stack.emulator.persistence?.save());
  stack.emulator.reset();
  stack.emulator.persistence?.restore(saved);
  expect(told()).toEqual(['0 slack']);
  expect(await page('/incidents/1')).toContain('#drop-ops');
});
