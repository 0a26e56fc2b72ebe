import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '#domain/alert-text.ts';
import { createSlackClient } from '#services/slack/client.ts';
import { createSlackMock } from '#services/slack/mock.ts';
import type { Alerts } from '#services/slack/service.ts';
import { startSlackStack } from './slack-stack.ts';

interface Subject {
  alerts: Alerts;
  /** What the operators were shown, oldest first. */
  delivered(): Alert[];
  /** Lets time pass until `work` is done. */
  settle(work: Promise<unknown>): Promise<void>;
  close: () => Promise<void>;
}

const implementations: Record<string, () => Promise<Subject>> = {
  async mock() {
    const alerts = createSlackMock();
    return {
      alerts,
      delivered: () => [...alerts.alerts()],
      async settle(work) {
        await work;
      },
      close: async () => undefined,
    };
  },
  async 'client on the emulator'() {
    const stack = await startSlackStack();
    const { clock, outbound, webhookUrl } = stack;
    const log = (message: string): void => expect.fail(message);
    const alerts = createSlackClient({ webhookUrl, environment: 'sandbox' }, { clock, outbound, log });
    return {
      alerts,
      delivered: () => stack.texts().map(readText),
      async settle(work) {
        let isDone = false;
        void work.finally(() => (isDone = true));
        while (!isDone) {
          clock.advance(100);
          await setImmediate();
        }
      },
      close: stack.close,
    };
  },
};

/** The text back to the alert, as a reader understands it. */
function readText(text: string): Alert {
  const [first = '', title = '', message = ''] = text.split('\n');
  const unescaped = (line: string): string =>
    line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const severities = { Info: 'info', Warning: 'warning', Critical: 'critical' } as const;
  const word = Object.keys(severities).find((name) => first.endsWith(`— ${name}`));
  return {
    severity: severities[word as keyof typeof severities],
    title: unescaped(title.replace('Title: ', '')),
    message: unescaped(message.replace('Message: ', '')),
  };
}

describe.each(Object.entries(implementations))('alerts: %s', (_name, start) => {
  let subject: Subject;
  beforeEach(async () => {
    subject = await start();
  });
  afterEach(async () => subject.close());

  const send = async (...alerts: Alert[]): Promise<void> =>
    subject.settle(Promise.all(alerts.map((alert) => subject.alerts.sendAlert(alert))));

  test.each(['info', 'warning', 'critical'] as const)('deliver severity %s', async (severity) => {
    const alert: Alert = { severity, title: 'App startup', message: 'Drop is up' };
    await send(alert);
    expect(subject.delivered()).toEqual([alert]);
  });

  test('deliver alerts of one severity in the order in which they were raised', async () => {
    const alerts = ['one', 'two', 'three'].map((title): Alert => ({ severity: 'info', title, message: '-' }));
    await send(...alerts);
    expect(subject.delivered()).toEqual(alerts);
  });

  test('show control characters of the channel as they are', async () => {
    const alert: Alert = { severity: 'warning', title: '<!here>', message: 'a < b && c > d' };
    await send(alert);
    expect(subject.delivered()).toEqual([alert]);
  });

  test('take out what slipped in of personal data', async () => {
    await send({ severity: 'critical', title: 'user 01815000117', message: 'paid NO9386011117947' });
    expect(subject.delivered()).toEqual([
      { severity: 'critical', title: 'user [national number]', message: 'paid [iban]' },
    ]);
  });

  test('make one attempt for an alert that was merged with others', async () => {
    const alert: Alert = { severity: 'warning', title: 'App startup', message: 'Drop is up' };
    const raised = {
      alert,
      raisedAt: new Date('2026-02-23T14:30:00Z'),
      repetition: { count: 1, seconds: 1 },
    };
    expect(await subject.alerts.attempt(raised)).toEqual({ kind: 'delivered' });
    expect(subject.delivered()).toEqual([alert]);
  });

  test('deliver an alert with an empty message', async () => {
    await send({ severity: 'info', title: 'App shutdown', message: '' });
    expect(subject.delivered()).toEqual([{ severity: 'info', title: 'App shutdown', message: '' }]);
  });
});
