import { describe, expect, onTestFinished, test } from 'vitest';
import type { LoggedError } from '#domain/error-group.ts';
import { openStore } from '#store/database.ts';
import { announceBreaker } from '#store/provider-breakers.ts';
import { createSlackMock } from '#services/slack/mock.ts';
import { holdConditions, openCondition } from '#usecases/alerts/conditions.ts';
import type { CountedError } from '#usecases/alerts/error-counts.ts';
import { startErrorSpike } from '#usecases/alerts/error-spike.ts';
import { OutageMemory } from '#usecases/alerts/outage-memory.ts';
import { createErrorTracker } from '#usecases/errors/track.ts';
import { systemState } from '#usecases/operate/status.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { testContext, type TestContext } from '../../support/context.ts';

const provider = 'bank-link';
const ofProvider: CountedError = { code: 'bank_unavailable', provider, isUnanswered: true };
const ofBank: CountedError = { ...ofProvider, bank: 'DNB' };
const ours: CountedError = { code: 'internal_error' };
const unread: CountedError = { code: 'provider_invalid_response', provider, isUnanswered: false };
const numbers = { codes: [], payments: 0, customers: 0 };

async function openProvider(context: TestContext): Promise<void> {
  await openCondition(context, 'provider_not_called', {
    subject: provider,
    parameters: { provider, ...numbers },
  });
}

async function openBank(context: TestContext): Promise<void> {
  const parameters = { provider, bank: 'DNB', ...numbers };
  await openCondition(context, 'bank_not_called', { subject: `${provider} DNB`, parameters });
}

/** The provider has been called again for ten minutes. */
async function endProvider(context: TestContext): Promise<void> {
  await holdConditions(context, 'provider_not_called', { found: [] });
  context.clock.advance(600_000);
  await holdConditions(context, 'provider_not_called', { found: [] });
}

async function stand(outage = new OutageMemory(), url?: string) {
  const context = await testContext();
  const elsewhere = url === undefined ? context.store : openStore(url);
  if (url !== undefined) onTestFinished(() => elsewhere.close());
  const store = { database: elsewhere.database };
  const alerts = createSlackMock();
  const services = { ...context.services, alerts };
  const spike = startErrorSpike({ ...context, store, services }, outage);
  onTestFinished(() => spike.stop());
  await spike.settled();
  const passes = async (durationMs: number): Promise<void> => {
    for (let leftMs = durationMs; leftMs > 0; leftMs -= 1_000) {
      context.clock.advance(Math.min(leftMs, 1_000));
      await spike.settled();
    }
  };
  return {
    context,
    passes,
    /** The alerts that were sent from memory. */
    fromMemory: () => alerts.alerts().map(({ title }) => title),
    async meets(errors: number, error: CountedError): Promise<void> {
      for (let at = 0; at < errors; at += 1) spike.record(error);
      await passes(1_000);
    },
    restoreDatabase: () => void (store.database = context.store.database),
    loseDatabase(): void {
      const gone = openStore('postgres://drop@127.0.0.1:1/drop');
      onTestFinished(() => gone.close());
      store.database = gone.database;
    },
    titles: async () => (await raisedAlerts(context)).map(({ title }) => title),
    messages: async () => (await raisedAlerts(context)).map(({ message }) => message),
  };
}

describe('while the alert about a provider is open', () => {
  test('its errors are no spike, and their number is told when it is over', async () => {
    const { context, meets, passes, titles, messages } = await stand();
    await openProvider(context);
    for (let minute = 0; minute < 3; minute += 1) {
      await meets(20, minute === 1 ? ofBank : ofProvider);
      await passes(61_000);
    }
    await passes(31_000);
    expect(await titles()).toEqual(['A provider is not called']);
    expect((await systemState(context)).alerts).toMatchObject([{ subject: provider, errors: 60 }]);
    await endProvider(context);
    expect((await messages()).at(-1)).toContain('60 requests of customers failed for it.');
  });

  test.each([
    ['of our own', ours],
    ['an answer of the provider that Drop cannot read', unread],
    ['of another provider', { ...ofProvider, provider: 'other' }],
  ])('a spike %s is alerted at once, with its own errors alone', async (_what, error) => {
    const { context, meets, titles, messages } = await stand();
    await openProvider(context);
    await meets(50, ofProvider);
    await meets(6, error);
    expect(await titles()).toEqual(['A provider is not called', 'Error spike detected']);
    expect((await messages()).at(-1)).toContain(`6 errors in the last 60 seconds. 6 × ${error.code}`);
  });

  test('five errors of our own beside those of the provider are no spike', async () => {
    const { context, meets, titles } = await stand();
    await openProvider(context);
    await meets(50, ofProvider);
    await meets(5, ours);
    expect(await titles()).toEqual(['A provider is not called']);
  });
});

test('a spike that the alert about a provider takes in ends, and says where its errors are counted', async () => {
  const { context, meets, titles, messages } = await stand();
  await meets(10, ofProvider);
  await openProvider(context);
  await meets(1, ofProvider);
  expect(await titles()).toEqual(['Error spike detected', 'A provider is not called', 'Error spike is over']);
  expect((await messages()).at(-1)).toContain('counted by "A provider is not called" (bank-link)');
});

test('errors that come with an open breaker wait for its alert', async () => {
  const { context, meets, passes, titles } = await stand();
  const news = { provider, scope: '', state: 'open', openMs: 30_000, by: 'a' } as const;
  await announceBreaker(context.store.database, news);
  await meets(10, ofProvider);
  expect(await titles()).toEqual([]);
  await openProvider(context);
  await passes(91_000);
  expect((await systemState(context)).alerts).toMatchObject([{ errors: 10 }]);
});

test('the alert about one bank takes in its errors, and none of another bank or of the provider', async () => {
  const { context, meets, titles } = await stand();
  await openBank(context);
  await meets(10, ofBank);
  expect(await titles()).toEqual(['A bank is not called']);
  await meets(5, { ...ofBank, bank: 'Nordea' });
  await meets(1, ofProvider);
  expect(await titles()).toEqual(['A bank is not called', 'Error spike detected']);
});

const noAnswer: LoggedError = {
  title: 'bank-link.accounts: ECONNREFUSED',
  name: 'DropError',
  message: 'no answer',
  code: 'bank_unavailable',
  stack: [],
  about: {},
  unanswered: { provider },
};
const bug: LoggedError = { ...noAnswer, title: 'a bug', code: 'internal_error', unanswered: undefined };

async function tracking(outage = new OutageMemory()) {
  const context = await testContext();
  const tracker = createErrorTracker(context.clock, '1.4.0', outage);
  tracker.begin(context);
  onTestFinished(() => tracker.stop());
  const passes = async (durationMs: number): Promise<void> => {
    for (let leftMs = durationMs; leftMs > 0; leftMs -= 5_000) {
      context.clock.advance(Math.min(leftMs, 5_000));
      await tracker.settled();
    }
  };
  return {
    context,
    /** Logs errors of a process that ends, and that waits for no alert. */
    async logs(...errors: LoggedError[]): Promise<void> {
      for (const error of errors) tracker.record(error);
      await tracker.stop();
      tracker.begin(context);
    },
    /** Logs errors of a process that goes on, and has them written. */
    async logsOn(...errors: LoggedError[]): Promise<void> {
      for (const error of errors) tracker.record(error);
      await passes(5_000);
    },
    passes,
    titles: async () => (await raisedAlerts(context)).map(({ title }) => title),
    messages: async () => (await raisedAlerts(context)).map(({ message }) => message),
  };
}

describe('a new error', () => {
  test('of a provider whose alert is open is named when that is over, and not before', async () => {
    const { context, logs, titles, messages } = await tracking();
    await openProvider(context);
    await logs(noAnswer, noAnswer);
    await logs(noAnswer);
    expect(await titles()).toEqual(['A provider is not called']);
    await endProvider(context);
    expect((await messages()).at(-1)).toContain('Groups of errors that it began: 1. ');
  });

  test('that an alert took in is new once the alert is over', async () => {
    const { context, logs, titles } = await tracking();
    await openProvider(context);
    await logs(noAnswer);
    await endProvider(context);
    await logs(noAnswer);
    expect((await titles()).at(-1)).toBe('A new error was logged');
    await logs(noAnswer);
    expect((await titles()).filter((title) => title === 'A new error was logged')).toHaveLength(1);
  });

  test.each([
    ['of our own', bug],
    ['of another provider', { ...noAnswer, unanswered: { provider: 'other' } }],
  ])('%s is alerted during the outage', async (_what, error) => {
    const { context, logs, titles } = await tracking();
    await openProvider(context);
    await logs(noAnswer, error);
    expect(await titles()).toEqual(['A provider is not called', 'A new error was logged']);
  });

  test('of a provider is kept at once, and the alert that comes with the fifth failure takes it in', async () => {
    const { context, logsOn, passes, titles, messages } = await tracking();
    await logsOn(noAnswer);
    await passes(40_000);
    const kept = await context.store.database.selectFrom('error_groups').select('errors').execute();
    expect([kept, await titles()]).toEqual([[{ errors: 1 }], []]);
    await openProvider(context);
    await logsOn(noAnswer);
    await passes(120_000);
    expect(await titles()).toEqual(['A provider is not called']);
    await endProvider(context);
    expect((await messages()).at(-1)).toContain('Groups of errors that it began: 1. ');
  });

  test('of a provider that fails no more is alerted a minute later, once', async () => {
    const { logsOn, passes, titles } = await tracking();
    await logsOn(noAnswer);
    await passes(50_000);
    expect(await titles()).toEqual([]);
    await logsOn(noAnswer);
    await passes(120_000);
    expect(await titles()).toEqual(['A new error was logged']);
  });

  test('of a provider that one of two processes has alerted is not alerted by the other', async () => {
    const { context, logsOn, passes, titles } = await tracking();
    const other = createErrorTracker(context.clock, '1.4.0');
    other.begin(context);
    await logsOn(noAnswer);
    other.record(noAnswer);
    await other.stop();
    await passes(120_000);
    expect(await titles()).toEqual(['A new error was logged']);
  });

  test('of a provider that an error spike names is no second alert, and of another provider is one', async () => {
    const { context, logsOn, passes, titles } = await tracking();
    const spike = startErrorSpike(context);
    onTestFinished(() => spike.stop());
    await spike.settled();
    for (let at = 0; at < 6; at += 1) spike.record(ofProvider);
    context.clock.advance(1_000);
    await spike.settled();
    await logsOn(noAnswer, { ...noAnswer, unanswered: { provider: 'other' } });
    expect(await titles()).toEqual(['Error spike detected']);
    await passes(120_000);
    const logged = (await titles()).filter((title) => title === 'A new error was logged');
    expect(logged).toHaveLength(1);
    await logsOn(noAnswer);
    await passes(60_000);
    expect((await titles()).filter((title) => title === 'A new error was logged')).toEqual(logged);
  });

  test('of our own waits for nothing, also beside one of a provider', async () => {
    const { logsOn, titles } = await tracking();
    await logsOn(noAnswer, bug);
    expect(await titles()).toEqual(['A new error was logged']);
  });

  test('that comes with an alert of its own is kept and not alerted twice', async () => {
    const { context, logs, titles } = await tracking();
    await logs({ ...bug, hasAlert: true });
    expect(await titles()).toEqual([]);
    expect(await context.store.database.selectFrom('error_groups').select('errors').execute()).toHaveLength(
      1,
    );
  });
});

describe('an outage of the database', () => {
  const database: CountedError = { code: 'database_unavailable' };
  const away = 'postgres://drop@127.0.0.1:1/drop';

  test('is told by its own alert and by no spike, with the number of its errors', async () => {
    const outage = new OutageMemory();
    const { meets, passes, fromMemory, restoreDatabase, titles } = await stand(outage, away);
    await meets(10, database);
    await passes(15_000);
    outage.begin();
    await meets(10, database);
    await passes(30_000);
    restoreDatabase();
    await passes(5_000);
    expect([fromMemory(), await titles()]).toEqual([[], []]);
    expect(outage.end()).toBe(20);
  });

  test('that is not told is a spike', async () => {
    const { meets, passes, fromMemory } = await stand(new OutageMemory(), away);
    await meets(10, database);
    await passes(25_000);
    expect(fromMemory()).toEqual(['Error spike detected']);
  });

  test('during which a provider goes down is no spike of its errors, which its alert takes in afterwards', async () => {
    const outage = new OutageMemory();
    const { context, meets, passes, fromMemory, restoreDatabase, titles } = await stand(outage, away);
    outage.begin();
    outage.alerts.noteComing({ key: 'provider_not_called', subject: provider });
    await meets(10, ofProvider);
    outage.alerts.noteSent({
      key: 'provider_not_called',
      subject: provider,
      parameters: { provider, ...numbers },
      raisedAt: context.clock.now(),
    });
    await meets(10, ofBank);
    expect(fromMemory()).toEqual([]);
    restoreDatabase();
    await passes(95_000);
    expect([fromMemory(), await titles(), outage.alerts.unstored]).toEqual([[], [], []]);
    expect((await systemState(context)).alerts).toMatchObject([{ subject: provider, errors: 20 }]);
    await endProvider(context);
    expect(await titles()).toEqual(['Over: A provider is not called']);
  });

  test('counts no errors of a provider whose alert was open before it', async () => {
    const outage = new OutageMemory();
    const { context, meets, passes, fromMemory, loseDatabase } = await stand(outage);
    await openProvider(context);
    await passes(31_000);
    loseDatabase();
    await meets(20, ofProvider);
    expect(fromMemory()).toEqual([]);
    await meets(6, { ...ofProvider, provider: 'other' });
    expect(fromMemory()).toEqual(['Error spike detected']);
  });

  test('hides no spike of another cause', async () => {
    const outage = new OutageMemory();
    const { meets, fromMemory } = await stand(outage, away);
    outage.begin();
    await meets(10, database);
    await meets(6, ours);
    expect(fromMemory()).toEqual(['Error spike detected']);
  });

  test('takes in the new errors that it causes, and no other', async () => {
    const outage = new OutageMemory();
    const { logs, titles } = await tracking(outage);
    outage.begin();
    await logs({ ...bug, code: 'ECONNREFUSED' });
    expect(await titles()).toEqual([]);
    await logs(bug);
    expect(await titles()).toEqual(['A new error was logged']);
    outage.end();
    await logs({ ...bug, code: 'ECONNREFUSED' });
    expect(await titles()).toHaveLength(2);
  });

  test('takes in the new errors from before its alert, when connections were ended first', async () => {
    const outage = new OutageMemory();
    const { logsOn, passes, titles } = await tracking(outage);
    await logsOn({ ...bug, code: '57P01' });
    await passes(20_000);
    outage.begin();
    await passes(120_000);
    expect(await titles()).toEqual([]);
  });

  test('that is too short for an alert is a new error a minute later', async () => {
    const { logsOn, passes, titles } = await tracking();
    await logsOn({ ...bug, code: '57P01' });
    expect(await titles()).toEqual([]);
    await passes(60_000);
    expect(await titles()).toEqual(['A new error was logged']);
  });

  test('that is too short for an alert hides no new error', async () => {
    const { logs, titles } = await tracking();
    await logs({ ...bug, code: 'ECONNREFUSED' });
    expect(await titles()).toEqual(['A new error was logged']);
  });
});
