import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '#store/database.ts';
import { createSlackMock } from '#services/slack/mock.ts';
import type { CountedError } from '#usecases/alerts/error-counts.ts';
import { startErrorSpike, type ErrorSpike } from '#usecases/alerts/error-spike.ts';
import { raisedAlerts } from '../../support/alerts.ts';
import { testContext, type TestContext } from '../../support/context.ts';

const error: CountedError = { code: 'bank_unavailable', provider: 'bank-link' };
const customers = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];

describe('the error spike', () => {
  test('five errors in 60 s are not one', async () => {
    const stand = await start(1);
    stand.record(5);
    await stand.passes(60_000);
    expect(await stand.messages()).toEqual([]);
  });

  test('the sixth error within 60 s is one, in whichever process it is counted', async () => {
    const stand = await start(3);
    stand.record(2, 0);
    await stand.passes(30_000);
    stand.record(3, 1);
    await stand.passes(29_000);
    expect(await stand.messages()).toEqual([]);
    stand.record(1, 2);
    await stand.passes(250);
    const [alert = '', ...others] = await stand.messages();
    expect(alert).toContain('critical: 6 errors in the last 60 seconds. 6 × bank_unavailable (bank-link). ');
    expect(others).toEqual([]);
  });

  test('errors 60 s apart are not counted together', async () => {
    const stand = await start(1);
    stand.record(5);
    await stand.passes(60_000);
    stand.record(5);
    await stand.passes(1_000);
    expect(await stand.messages()).toEqual([]);
  });

  test('ten thousand errors in four processes at once give one alert, with codes and customers', async () => {
    const stand = await start(4);
    for (let at = 0; at < 4; at += 1) {
      stand.record(1_500, at, { ...error, userId: customers[at % 2] });
      stand.record(1_000, at, { code: 'internal_error' });
    }
    await stand.passes(250);
    await stand.passes(1_000);
    const [alert, ...others] = await stand.messages();
    expect(others).toEqual([]);
    expect(alert).toMatch(
      /^critical: \d+ errors in the last 60 seconds\. \d+ × bank_unavailable \(bank-link\), /,
    );
    expect(alert).toMatch(/, \d+ × internal_error\. customers concerned: at least [12]\. /);
  });

  test('is over when 60 s had five errors at most, with its totals and how long it lasted', async () => {
    const stand = await start(2);
    for (let minute = 0; minute < 3; minute += 1) {
      stand.record(10, minute % 2, { ...error, userId: customers[minute % 2] });
      await stand.passes(50_000);
    }
    await stand.passes(61_000);
    const [, over = '', ...others] = await stand.messages();
    expect(over).toContain(
      'info: 30 errors in 100 s. 30 × bank_unavailable (bank-link). customers concerned: at least 2. ',
    );
    expect(others).toEqual([]);
  });

  test('that goes on is alerted of once', async () => {
    const stand = await start(2);
    for (let at = 0; at < 10; at += 1) {
      stand.record(10, at % 2);
      await stand.passes(20_000);
    }
    expect(await stand.messages()).toHaveLength(1);
  });

  test('that comes again after it was over is alerted of again', async () => {
    const stand = await start(1);
    stand.record(6);
    await stand.passes(62_000);
    stand.record(6);
    await stand.passes(62_000);
    expect((await stand.messages()).map((message) => message.split(':')[0])).toEqual([
      'critical',
      'info',
      'critical',
      'info',
    ]);
  });

  test('is ended by another process when the one that alerted of it is gone', async () => {
    const stand = await start(2);
    stand.record(6, 0);
    await stand.passes(250);
    stand.kill(0);
    await stand.passes(90_000);
    expect(await stand.messages()).toHaveLength(2);
  });

  test('leaves few rows behind', async () => {
    const stand = await start(2);
    for (let at = 0; at < 120; at += 1) {
      stand.record(3, at % 2);
      await stand.passes(1_000);
    }
    const rows = async () => (await stand.context.store.pool.query('select from error_tallies')).rows.length;
    expect(await rows()).toBeLessThanOrEqual(61);
    stand.kill(0);
    await stand.passes(91_000);
    expect(await rows()).toBe(0);
  });

  test('counted in a process that stops is written before it is gone', async () => {
    const stand = await start(1);
    stand.record(6);
    await stand.spikes[0]?.stop();
    expect(await stand.messages()).toHaveLength(1);
  });
});

describe('without a database', () => {
  test('a process alerts of its own errors from memory, once', async () => {
    const stand = await start(1, 'postgres://drop@127.0.0.1:1/drop');
    stand.record(5);
    await stand.passes(1_000);
    expect(stand.alerts.alerts()).toEqual([]);
    for (let at = 0; at < 10; at += 1) {
      stand.record(5);
      await stand.passes(5_000);
    }
    expect(stand.alerts.alerts()).toMatchObject([
      { title: 'Error spike detected', message: expect.stringMatching(/^10 errors in the last 60 seconds/) },
    ]);
  });

  test('a process that alerted from memory does not do so again when the database is back', async () => {
    const stand = await start(1, 'postgres://drop@127.0.0.1:1/drop');
    stand.record(6);
    await stand.passes(1_000);
    stand.restoreDatabase();
    await stand.passes(1_000);
    expect([stand.alerts.alerts().length, await stand.messages()]).toEqual([1, []]);
    await stand.passes(61_000);
    expect(await stand.messages()).toEqual([expect.stringMatching(/^info: 6 errors/)]);
  });
});

interface Stand {
  context: TestContext;
  alerts: ReturnType<typeof createSlackMock>;
  spikes: ErrorSpike[];
  record(times: number, process?: number, counted?: CountedError): void;
  /** Moves time, a quarter of a second or more at once, and waits for what the processes do meanwhile. */
  passes(durationMs: number): Promise<void>;
  kill(process: number): void;
  restoreDatabase(): void;
  messages(): Promise<string[]>;
}

/** Processes on one database; at first on the one at `url`, if given. */
async function start(processes: number, url?: string): Promise<Stand> {
  const context = await testContext();
  const alerts = createSlackMock();
  const elsewhere = url === undefined ? context.store : openStore(url);
  if (url !== undefined) onTestFinished(() => elsewhere.close());
  const store = { database: elsewhere.database };
  const services = { ...context.services, alerts };
  const killed = new Set<number>();
  const spikes = Array.from({ length: processes }, (_, index) => {
    const clock = clockOf(context, () => killed.has(index));
    return startErrorSpike({ ...context, clock, store, services });
  });
  onTestFinished(async () => {
    await Promise.all(spikes.map((spike) => spike.stop()));
  });
  await Promise.all(spikes.map((spike) => spike.settled()));
  return {
    context,
    alerts,
    spikes,
    record(times, process = 0, counted = error) {
      for (let number = 0; number < times; number += 1) spikes[process]?.record(counted);
    },
    async passes(durationMs) {
      for (let leftMs = durationMs; leftMs > 0; leftMs -= 1_000) {
        context.clock.advance(Math.min(leftMs, 1_000));
        await Promise.all(spikes.map((spike) => spike.settled()));
      }
    },
    kill: (process) => void killed.add(process),
    restoreDatabase: () => void (store.database = context.store.database),
    async messages() {
      return (await raisedAlerts(context)).map(({ severity, message }) => `${severity}: ${message}`);
    },
  };
}

/** A clock whose tasks are no longer run once the process is gone. */
function clockOf({ clock }: TestContext, isGone: () => boolean): TestContext['clock'] {
  return Object.assign(Object.create(clock) as TestContext['clock'], {
    now: () => clock.now(),
    monotonicMs: () => clock.monotonicMs(),
    schedule: (delayMs: number, task: () => void) => clock.schedule(delayMs, () => isGone() || task()),
  });
}
