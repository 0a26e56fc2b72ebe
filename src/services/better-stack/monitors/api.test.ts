import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Agent } from 'undici';
import { systemClock } from '#domain/clock.ts';
import { Secret } from '#domain/secret.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { listenOnLoopback, type LoopbackServer } from '../../../../test/support/loopback.ts';
import { createMonitoringApi, type MonitoringApi } from './api.ts';
import { applyPlan } from './apply.ts';

const list = '/api/v2/monitors';

let server: LoopbackServer;
let dispatcher: Agent;
let api: MonitoringApi;
/** What the liar answers, request by request; the last one from then on. */
let answers: unknown[];
let requests: string[];

beforeEach(async () => {
  [answers, requests] = [[], []];
  server = await listenOnLoopback(0);
  server.handle((request) => {
    const { pathname, search } = new URL(request.url);
    requests.push(`${request.method} ${pathname}${search}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  });
  dispatcher = new Agent();
  const { origin } = server;
  const outbound = createOutbound({
    provider: 'better-stack',
    origins: [origin],
    clock: systemClock,
    dispatcher,
    random: () => 0,
  });
  api = createMonitoringApi({ origin, token: new Secret('demo-token') }, { clock: systemClock, outbound });
});
afterEach(async () => {
  await dispatcher.close();
  await server.close();
});

const item = (id: unknown, attributes: unknown = {}) => ({ id, type: 'monitor', attributes });
const page = (data: unknown[], next: unknown = null) => ({ data, pagination: { next } });
const invalid = { code: 'provider_invalid_response' };

describe('a list', () => {
  test('whose items have another type and unknown attributes is read', async () => {
    answers = [page([{ ...item('1', { a_new_one: { deep: [1] } }), type: 'endpoint', more: 1 }])];
    expect(await api.list(list)).toEqual([{ id: '1', attributes: { a_new_one: { deep: [1] } } }]);
  });

  test('whose ids are numbers has them as strings', async () => {
    answers = [page([item(7)])];
    expect(await api.list(list)).toMatchObject([{ id: '7' }]);
  });

  test('names the next page at another host: it is asked for at BetterStack all the same', async () => {
    answers = [page([item('1')], 'https://elsewhere.example/api/v2/monitors?page=2'), page([item('2')])];
    expect(await api.list(list)).toHaveLength(2);
    expect(requests).toEqual([`GET ${list}?page=1&per_page=250`, `GET ${list}?page=2&per_page=250`]);
  });

  test.each([
    ['does not say whether there is more', { data: [item('1')] }],
    ['holds an item without an id', page([item('1'), { type: 'monitor', attributes: {} }])],
    ['holds an item without attributes', page([{ id: '1', type: 'monitor' }])],
    ['holds an id that would change the path', page([item('1/../../policies/2')])],
    ['names one id twice', page([item('1'), item('1')])],
    ['is no list', { data: item('1'), pagination: { next: null } }],
    ['is cut off', '{"data":[{"id":"1","type":"monitor","attributes":{}},{"id":'],
  ])('that %s is refused as a whole', async (_name, answer) => {
    answers = [answer];
    await expect(api.list(list)).rejects.toMatchObject(invalid);
  });

  test('that serves its first page again is refused', async () => {
    answers = [page([item('1')], 'page=2')];
    await expect(api.list(list)).rejects.toThrow(/lists the id 1 twice/);
    expect(requests).toHaveLength(2);
  });

  test('that never ends is refused after 40 pages', async () => {
    answers = [page([], 'more')];
    await expect(api.list(list)).rejects.toThrow(/more than 40 pages/);
    expect(requests).toHaveLength(40);
  });
});

describe('a change', () => {
  test('that is answered with another id is refused', async () => {
    answers = [{ data: item('8') }];
    await expect(api.update(list, '7', {})).rejects.toThrow(/answers about another one/);
  });

  test('that is answered without an item is refused', async () => {
    answers = [{ data: null }];
    await expect(api.update(list, '7', {})).rejects.toMatchObject(invalid);
  });
});

test.each(['<!doctype html><p>Sign in</p>', '{"ok":true}', ' '])(
  'a deletion that is answered with %j is not confirmed',
  async (body) => {
    answers = [body];
    await expect(api.remove(list, '1')).rejects.toMatchObject(invalid);
  },
);

test('a deletion that is answered with nothing is confirmed', async () => {
  answers = [''];
  await api.remove(list, '1');
  expect(requests).toEqual([`DELETE ${list}/1`]);
});

test('a creation that is answered with something else is looked for, and not taken for done', async () => {
  const attributes = { pronounceable_name: 'Drop: app', url: 'https://drop.alai.no' };
  answers = [
    { data: item('8', { pronounceable_name: 'Website' }) },
    page([item('8', { pronounceable_name: 'Website' })]),
  ];
  const plan = {
    changes: [{ action: 'create', kind: 'monitor', key: 'app', attributes } as const],
    owned: { own: new Map<string, never[]>(), foreign: [] },
  };
  await expect(applyPlan(api, plan, () => undefined)).rejects.toMatchObject({ code: 'provider_timeout' });
  expect(requests).toEqual([`POST ${list}`, `GET ${list}?page=1&per_page=250`]);
});
