import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import type { Stage } from '#http/contract/stage.ts';
import { emulatorNames, startEmulators, type PlacedEmulator } from '#sandbox/emulators.ts';
import { observedDelivery } from '#sandbox/observed.ts';
import { bankIdPeople } from '#sandbox/people.ts';
import { Journal } from '#sandbox/stage/journal.ts';
import { withStage } from '#sandbox/stage/on-server.ts';
import { stagePath, stageRoutes } from '#sandbox/stage/routes.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { listenOnLoopback, type LoopbackServer } from '../support/loopback.ts';

const [first, second] = openBankingProviders;
let app: LoopbackServer;
let servers: Map<string, LoopbackServer>;
let emulators: PlacedEmulator[];
let closeEmulators: () => Promise<void>;
const journal = new Journal();
let aged = 0;

beforeAll(async () => {
  app = await listenOnLoopback(0);
  const named = emulatorNames().map(async (name) => [name, await listenOnLoopback(0)] as const);
  servers = new Map(await Promise.all(named));
  const options = { appOrigin: app.origin, random: () => 0.5, onTraffic: journal.add };
  ({ emulators, close: closeEmulators } = await startEmulators(servers, options));
  const parts = { appOrigin: app.origin, emulators, journal, ageUnanswered: async () => (aged += 1) };
  const stage = stageRoutes({ ...parts, people: () => bankIdPeople(systemClock.now()) });
  withStage(app, stage.fetch).handle(() => new Response('of Drop'));
});

afterAll(async () => {
  await closeEmulators();
  await Promise.all([app, ...servers.values()].map((server) => server.close()));
});

beforeEach(async () => {
  await act({ act: 'usual' });
});

interface Asked {
  method?: 'GET' | 'POST';
  headers?: Record<string, string | undefined>;
  body?: unknown;
  path?: string;
}

/** A request as the browser sends it for the app's page, but for what is given. */
async function ask({ method = 'GET', headers = {}, body, path = stagePath }: Asked = {}) {
  const own = {
    'sec-fetch-site': 'same-origin',
    ...(method === 'POST' && { origin: app.origin, 'content-type': 'application/json' }),
  };
  const answer = await request(`${app.origin}${path}`, {
    method,
    headers: { ...own, ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

async function act(body: unknown): Promise<Stage> {
  const { status, text } = await ask({ method: 'POST', body });
  expect([status, text]).toEqual([200, expect.anything()]);
  return JSON.parse(text) as Stage;
}

async function shown(): Promise<Stage> {
  return JSON.parse((await ask()).text) as Stage;
}

function placed(name: string): PlacedEmulator {
  const found = emulators.find(({ emulator }) => emulator.name === name);
  if (!found) throw new RangeError(`no emulator ${name}`);
  return found;
}

const usual = {
  bank: 'usual',
  isBankIdDown: false,
  isSumsubDown: false,
  nextPayment: 'settle',
  webhooks: { isHolding: false, held: 0 },
};

test.each([
  [{ act: 'bank', state: 'slow' }, { bank: 'slow' }],
  [{ act: 'bank', state: 'down' }, { bank: 'down' }],
  [{ act: 'bankid', isDown: true }, { isBankIdDown: true }],
  [{ act: 'sumsub', isDown: true }, { isSumsubDown: true }],
  [{ act: 'next_payment', outcome: 'reject' }, { nextPayment: 'reject' }],
  [{ act: 'next_payment', outcome: 'stall' }, { nextPayment: 'stall' }],
  [{ act: 'next_payment', outcome: 'unanswered' }, { nextPayment: 'unanswered' }],
  [{ act: 'webhooks', isHolding: true }, { webhooks: { isHolding: true, held: 0 } }],
])('%j shows, and is over when everything shall be as usual', async (wanted, change) => {
  expect(await act(wanted)).toMatchObject({ ...usual, ...change });
  expect(await shown()).toMatchObject({ ...usual, ...change });
  expect(await act({ act: 'usual' })).toMatchObject(usual);
});

test('a service that is down answers 503, and its pages for people still open', async () => {
  await act({ act: 'bank', state: 'down' });
  const { origin, faults } = placed(first.id);
  expect(await statusAt(`${origin}/application`)).toBe(503);
  expect(faults.list().map(({ operation }) => operation)).not.toContain('payment_page');
  await act({ act: 'bank', state: 'usual' });
  expect(await statusAt(`${origin}/application`)).not.toBe(503);
});

test('a fault of another kind, which the control plane set, stays', async () => {
  const { faults } = placed('sumsub');
  faults.add({ operation: '*', effect: 'reset', times: 3 });
  await act({ act: 'sumsub', isDown: true });
  await act({ act: 'usual' });
  expect(faults.list()).toEqual([expect.objectContaining({ effect: 'reset' })]);
  faults.clear();
});

test('approvals run out also for payments that no bank answered', async () => {
  aged = 0;
  await act({ act: 'expire_consents' });
  expect(aged).toBe(0);
  await act({ act: 'expire_approvals' });
  expect(aged).toBe(1);
});

test('an order that shall not be answered is cut off once, and another choice takes that back', async () => {
  await act({ act: 'next_payment', outcome: 'unanswered' });
  const { origin, faults } = placed(first.id);
  expect(faults.list()).toMatchObject([{ operation: 'create_payment', effect: 'reset', times: 1 }]);
  await expect(statusAt(`${origin}/payments`, {}, {})).rejects.toThrow();
  expect(faults.list()).toEqual([]);
  expect((await shown()).nextPayment).toBe('settle');
  expect(await act({ act: 'next_payment', outcome: 'reject' })).toMatchObject({ nextPayment: 'reject' });
  expect(placed(second.id).faults.list()).toEqual([]);
});

test('what one provider has used up is over for all', async () => {
  await act({ act: 'next_payment', outcome: 'reject' });
  await placed(second.id).emulator.actions?.['payment_outcome']?.({ outcome: 'settle' });
  expect((await shown()).nextPayment).toBe('settle');
});

test('days pass, approvals and consents run out, at every bank', async () => {
  for (const name of ['pass_days', 'expire_approvals', 'expire_consents'])
    await act({ act: name, ...(name === 'pass_days' && { days: 1 }) });
});

test('each call of a service is shown with the fault that struck it, the newest first', async () => {
  const { origin, faults } = placed('bankid');
  const discovery = `${origin}/auth/realms/sandbox/.well-known/openid-configuration`;
  await statusAt(discovery);
  faults.add({ operation: 'discovery', effect: 'status', status: 500, times: 1 });
  await statusAt(discovery);
  expect((await shown()).events.slice(0, 2)).toMatchObject([
    { kind: 'call', service: 'BankID', text: 'discovery', status: 500, fault: 'status' },
    { kind: 'call', service: 'BankID', text: 'discovery', status: 200, fault: null },
  ]);
});

test('a webhook is shown by the path that it went to, with the answer', async () => {
  const seen = {
    service: 'Sumsub',
    clock: systemClock,
    faults: placed('sumsub').faults,
    onTraffic: journal.add,
  };
  const deliver = observedDelivery(async () => 202, seen);
  await deliver({ url: `${app.origin}/api/kyc/webhook?secret=x`, headers: {}, body: '' });
  expect((await shown()).events[0]).toMatchObject({
    kind: 'webhook',
    service: 'Sumsub',
    text: '/api/kyc/webhook',
    status: 202,
    fault: null,
  });
});

test('a cut connection is a call without an answer', async () => {
  const { origin, faults } = placed('bankid');
  faults.add({ operation: 'jwks', effect: 'reset', times: 1 });
  const cut = request(`${origin}/auth/realms/sandbox/protocol/openid-connect/certs`);
  await expect(cut).rejects.toThrow();
  expect((await shown()).events[0]).toMatchObject({ text: 'jwks', status: null, fault: 'reset' });
});

test('a page that a browser opens is no call', async () => {
  const before = journal.list().length;
  await statusAt(`${placed('bankid').origin}/auth/realms/sandbox/precheck/auth`, {
    'sec-fetch-mode': 'navigate',
  });
  expect(journal.list()).toHaveLength(before);
});

test('an alert is shown by its title, with the address of its page', async () => {
  const { variables, origin } = placed('slack');
  const text = 'Drop Alert\nTitle: Bank is away\nMessage: All of it';
  await statusAt(String(variables['SLACK_WEBHOOK_URL']), { 'content-type': 'application/json' }, { text });
  expect((await shown()).events).toContainEqual(
    expect.objectContaining({ kind: 'alert', text: 'Bank is away', address: `${origin}/` }),
  );
});

async function statusAt(url: string, headers: Record<string, string> = {}, body?: object): Promise<number> {
  const given = body ? { method: 'POST' as const, body: JSON.stringify(body) } : {};
  const answer = await request(url, { headers, ...given });
  await answer.body.dump();
  return answer.statusCode;
}

test.each<[string, NonNullable<Asked['headers']>]>([
  ['another website', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['the page of an emulator', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:1' }],
  ['an address that was typed in', { 'sec-fetch-site': 'none' }],
  ['a client that does not say where it comes from', { 'sec-fetch-site': undefined }],
])('%s neither reads the stage nor acts on it', async (_who, headers) => {
  for (const method of ['GET', 'POST'] as const) {
    const { status, text } = await ask({
      method,
      headers,
      ...(method === 'POST' && { body: { act: 'usual' } }),
    });
    expect([method, status]).toEqual([method, 403]);
    expect(text).not.toContain('Kari');
  }
});

test.each<[string, NonNullable<Asked['headers']>]>([
  ['another origin', { origin: 'https://evil.example' }],
  ['no origin', { origin: undefined }],
])('an act with %s is refused, whatever else the request says', async (_what, headers) => {
  const body = { act: 'bank', state: 'down' };
  expect((await ask({ method: 'POST', headers, body })).status).toBe(403);
  expect((await shown()).bank).toBe('usual');
});

test('a website whose name resolves to this machine gets nothing', async () => {
  expect((await ask({ headers: { host: 'evil.example' } })).status).toBe(421);
});

test('an act that a form of another website could send is refused', async () => {
  const headers = { 'content-type': 'text/plain' };
  expect((await ask({ method: 'POST', headers, body: { act: 'usual' } })).status).toBe(415);
});

test.each([{}, { act: 'reset' }, { act: 'bank', state: 'gone' }, { act: 'usual', more: 1 }])(
  '%j is no act',
  async (body) => expect((await ask({ method: 'POST', body })).status).toBe(400),
);

test('an act with a person whom BankID does not know is refused with those whom it knows', async () => {
  const { status, text } = await ask({ method: 'POST', body: { act: 'next_person', person: 'nobody' } });
  expect(status).toBe(400);
  expect(text).toContain('kari');
});

test('the stage tells no secret, is not kept, and may not be framed', async () => {
  const { text, headers } = await ask();
  const secrets = emulators.flatMap(({ variables }) =>
    Object.entries(variables).filter(([name]) =>
      /(SECRET|TOKEN|KEY|SECRET_KEY|SMTP_URL|BACKUP_URL|WEBHOOK_URL)$/.test(name),
    ),
  );
  expect(secrets.length).toBeGreaterThan(3);
  for (const [name, secret] of secrets) expect([name, text.includes(secret)]).toEqual([name, false]);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
});

test('every other address is left to Drop', async () => {
  for (const path of ['/', '/__sandbox', '/__sandbox/state', `${stagePath}/`, '/api/app'])
    expect(await ask({ path })).toMatchObject({ status: 200, text: 'of Drop' });
});
