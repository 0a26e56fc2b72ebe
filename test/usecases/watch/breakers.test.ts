import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RecordedCall } from '#domain/recorded-call.ts';
import { openStore } from '#store/database.ts';
import { insertCalls } from '#store/outbound-calls.ts';
import { announceBreaker } from '#store/provider-breakers.ts';
import { createSlackMock } from '#services/slack/mock.ts';
import { KnownAlerts } from '#usecases/alerts/known-alerts.ts';
import { alertOpenBreakers, watchBreakers, type NotCalled } from '#usecases/watch/breakers.ts';
import { newAlerts } from '../../support/alerts.ts';
import { testContext } from '../../support/context.ts';
import { recordedCall } from '../../support/recorded-call.ts';
import { report } from '../banking/made-up-bank.ts';
import { linkedBank } from '../payments/linked-bank.ts';

async function world() {
  const context = await testContext();
  const heard = newAlerts(context);
  const { database } = context.store;
  const announce = (state: 'open' | 'closed', scope = '') =>
    announceBreaker(database, { provider: 'bankid', scope, state, openMs: 30_000, by: randomUUID() });
  return {
    context,
    heard,
    told: async () => (await heard()).map(({ severity, title }) => `${severity}: ${title}`),
    open: (scope?: string) => announce('open', scope),
    close: (scope?: string) => announce('closed', scope),
    /** Nothing was called since, so nothing closed the breaker. */
    lapse: () =>
      database
        .updateTable('provider_breakers')
        .set({ open_until: sql<Date>`now()` })
        .execute(),
    pass: (minutes: number) => context.clock.advance(minutes * 60_000),
    failed: (call: Partial<RecordedCall>) =>
      insertCalls(database, [
        recordedCall({
          provider: 'bankid',
          status: null,
          startedAt: context.clock.now().toISOString(),
          ...call,
        }),
      ]),
  };
}

const critical = 'critical: A provider is not called';
const over = 'info: Over: A provider is not called';

test('a breaker that opened is alerted once, and once more when it has been closed for ten minutes', async () => {
  const { context, open, close, told, pass } = await world();
  await open();
  await watchBreakers(context);
  await watchBreakers(context);
  expect(await told()).toEqual([critical]);
  await close();
  await watchBreakers(context);
  expect(await told()).toEqual([]);
  pass(10);
  await watchBreakers(context);
  await watchBreakers(context);
  expect(await told()).toEqual([over]);
});

test('a breaker that opens and closes again and again is one condition', async () => {
  const { context, open, close, told, pass } = await world();
  for (let flap = 0; flap < 6; flap += 1) {
    await open();
    await watchBreakers(context);
    await close();
    await watchBreakers(context);
    pass(5);
  }
  expect(await told()).toEqual([critical]);
});

test('a breaker of a provider that nothing calls any more is over in the end', async () => {
  const { context, open, lapse, told, pass } = await world();
  await open();
  await watchBreakers(context);
  await lapse();
  await watchBreakers(context);
  pass(10);
  await watchBreakers(context);
  expect(await told()).toEqual([critical, over]);
});

test('the breaker of a bank is a warning of its own', async () => {
  const { context, open, heard } = await world();
  await open('DNB');
  await watchBreakers(context);
  expect(await heard()).toMatchObject([
    {
      severity: 'warning',
      title: 'A bank is not called',
      message: expect.stringContaining('DNB at bankid failed five times in a row.') as unknown,
    },
  ]);
});

test('of processes whose breakers open at once, one alerts, when the calls are recorded', async () => {
  const { context, told, failed } = await world();
  const processes = Array.from({ length: 4 }, () => alertOpenBreakers(context));
  for (const alert of processes) alert({ provider: 'bankid', scope: '' });
  const open = () => context.store.database.selectFrom('open_alerts').selectAll().execute();
  context.clock.advance(1_999);
  // More statements than an alert needs.
  for (let statement = 0; statement < 50; statement += 1) expect(await open()).toEqual([]);
  await failed({ errorCode: 'provider_timeout' });
  context.clock.advance(1);
  await expect
    .poll(open)
    .toMatchObject([{ parameters: { codes: [{ code: 'provider_timeout', count: 1 }] } }]);
  await watchBreakers(context);
  expect(await told()).toEqual([critical]);
});

test('the alert counts the codes of the failed calls of the last ten minutes', async () => {
  const { context, heard, open, failed, pass } = await world();
  await failed({ status: 503 });
  pass(11);
  await failed({ errorCode: 'provider_timeout' });
  await failed({ errorCode: 'provider_timeout' });
  await failed({ status: 502 });
  await failed({ status: 200 });
  await failed({ status: 404, errorCode: 'kyc_conflict' });
  await failed({ provider: 'sumsub', status: 500 });
  await open();
  await watchBreakers(context);
  expect((await heard())[0]?.message).toContain('in ten minutes: provider_timeout (2), 502 (1). ');
});

test('the alert of a bank counts the codes of its own calls only, and gives the command that lists them', async () => {
  const { context, heard, open, failed } = await world();
  await failed({ bankId: "Peter's bank", status: 503 });
  await failed({ bankId: "Peter's bank", status: 400, failure: 'scope', providerCode: 'ASPSP_ERROR' });
  await failed({ bankId: "Peter's bank", status: 400, providerCode: 'WRONG_DATE' });
  await failed({ bankId: 'Nordea', status: 500 });
  await open("Peter's bank");
  await watchBreakers(context);
  const [alert] = await heard();
  expect(alert?.message).toContain('in ten minutes: 503 (1), ASPSP_ERROR (1).');
  const named = String.raw`--bank 'Peter'\''s bank'`;
  expect(alert?.message).toContain(`"npx drop calls list --provider bankid ${named} --since 15m"`);
});

test('the alert says how many payments of how many customers are under way', async () => {
  const { bank, send } = await linkedBank();
  const { context } = bank;
  const heard = newAlerts(context);
  bank.provider.pis.initiatePayment = async () => report({ reference: 'payment-1' });
  await send();
  const [{ provider = '' } = {}] = await context.store.database
    .selectFrom('transactions')
    .select('provider')
    .execute();
  const news = { provider, scope: '', state: 'open', openMs: 30_000, by: randomUUID() } as const;
  await announceBreaker(context.store.database, news);
  await watchBreakers(context);
  expect((await heard())[0]?.message).toContain('1 payment of 1 customer under way there.');
});

test('a breaker that has not opened is not alerted', async () => {
  const { context, close, told } = await world();
  await close();
  await watchBreakers(context);
  expect(await told()).toEqual([]);
});

describe('an open breaker without a database', () => {
  const provider = { provider: 'bankid', scope: '' };

  async function away(known = new KnownAlerts()) {
    const { context } = await world();
    const store = openStore('postgres://nobody@127.0.0.1:1/nothing');
    onTestFinished(() => store.close());
    const alerts = createSlackMock();
    const services = { ...context.services, alerts };
    const alert = alertOpenBreakers({ ...context, services, store }, known);
    return {
      known,
      opens(opened: NotCalled): void {
        alert(opened);
        context.clock.advance(2_000);
      },
      warned: () =>
        context.logged.filter(({ message }) => message === 'an open breaker is alerted from memory'),
      sent: () => alerts.alerts().map(({ title, message }) => `${title}: ${message}`),
    };
  }

  test('is alerted from memory, once for each provider and each bank', async () => {
    const { opens, warned, sent } = await away();
    for (const opened of [provider, provider, { provider: 'bankid', scope: 'DNB' }, provider]) opens(opened);
    await expect.poll(() => warned().length).toBe(4);
    expect(sent()).toEqual([
      expect.stringContaining(
        'A provider is not called: bankid failed five times in a row. Drop tries it again',
      ),
      expect.stringContaining('A bank is not called: DNB at bankid failed five times in a row.'),
    ]);
  });

  test('is not alerted again where its alert was open when the database was last read', async () => {
    const known = new KnownAlerts();
    known.noteRead({ alertOf: () => undefined, isOpen: ({ subject }) => subject === 'bankid' });
    const { opens, warned, sent } = await away(known);
    opens(provider);
    await expect.poll(() => warned().length).toBe(1);
    expect(sent()).toEqual([]);
  });

  test('explains errors of its provider at once, and of no other', async () => {
    const { known, opens } = await away();
    opens(provider);
    expect(known.alertOf({ provider: 'bankid' })).toMatchObject({ key: 'provider_not_called' });
    expect(known.alertOf({ provider: 'sumsub' })).toBeUndefined();
    expect(known.alertOf(undefined)).toBeUndefined();
  });
});
