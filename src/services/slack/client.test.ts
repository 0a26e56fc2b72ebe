import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Alert } from '#domain/alert-text.ts';
import { Secret } from '#domain/secret.ts';
import { startSlackStack, type SlackStack } from '../../../test/conformance/slack-stack.ts';
import { queueLengthMax } from './alert-queue.ts';
import { createSlackClient, type SlackClient } from './client.ts';
import answers from './fixtures/answers.json' with { type: 'json' };
import { createSlackMock, type SlackMock } from './mock.ts';

let stack: SlackStack;
let logged: Record<string, unknown>[];
let secondChannel: SlackMock;
let client: SlackClient;

const alert = (title: string, severity: Alert['severity'] = 'info'): Alert => ({
  severity,
  title,
  message: 'as it happened',
});

function createClient(webhookUrl: Secret): SlackClient {
  return createSlackClient(
    { webhookUrl, environment: 'production' },
    {
      clock: stack.clock,
      outbound: stack.outbound,
      log: (_message, details) => logged.push(details),
      secondChannel,
    },
  );
}

const titles = (): string[] => stack.texts().map((text) => /^Title: (.*)$/m.exec(text)?.[1] ?? '');

beforeEach(async () => {
  stack = await startSlackStack();
  logged = [];
  secondChannel = createSlackMock();
  client = createClient(stack.webhookUrl);
});
afterEach(async () => stack.close());

describe('the text', () => {
  test('has the agreed format', async () => {
    await client.sendAlert({
      severity: 'critical',
      title: 'Error spike detected',
      message: '8 errors in the last 60 seconds',
    });
    expect(stack.texts()).toEqual([
      [
        '🚨 Drop Production Alert — Critical',
        'Title: Error spike detected',
        'Message: 8 errors in the last 60 seconds',
        'Time: 2026-02-23 14:30 UTC',
      ].join('\n'),
    ]);
  });

  test('of an info alert begins with ℹ️', async () => {
    await client.sendAlert(alert('App startup'));
    expect(stack.texts()[0]).toMatch(/^ℹ️ Drop Production Alert — Info\n/);
  });

  test('cannot call the channel or disguise a link', async () => {
    await client.sendAlert({ ...alert('a'), message: '<!channel> & <https://x.example|bank>' });
    expect(stack.texts()[0]).toContain('Message: &lt;!channel&gt; &amp; &lt;https://x.example|bank&gt;\n');
  });

  test('cannot imitate the lines around it', async () => {
    await client.sendAlert({ ...alert('a'), message: 'x\nTime: never\r\n\tTitle: b' });
    expect(stack.texts()[0]?.split('\n')).toHaveLength(4);
  });

  test('cannot be reversed, or hide a number behind invisible characters', async () => {
    await client.sendAlert({ ...alert('a'), message: 'paid \u202e123456\u200b78903\u202c' });
    expect(stack.texts()[0]).toContain('Message: paid [account number]\n');
  });

  test('holds no national number, account number, token or webhook URL', async () => {
    const message = `01815000117 12345678903 Bearer abcdefgh ${stack.webhookUrl.reveal()}`;
    await client.sendAlert({ severity: 'critical', title: `for ${message}`, message });
    expect(stack.texts()[0]).not.toMatch(/01815000117|12345678903|abcdefgh|demo-webhook-token/);
  });

  test('is truncated to the length that Slack shows', async () => {
    await client.sendAlert({ ...alert('😀'.repeat(200)), message: '&'.repeat(5_000) });
    expect(titles()).toEqual([`${'😀'.repeat(149)}…`]);
    expect(stack.texts()[0]).toContain(`${'&amp;'.repeat(2_999)}…\n`);
  });
});

describe('the pace', () => {
  test('is one message a second', async () => {
    await client.sendAlert(alert('first'));
    const second = client.sendAlert(alert('second'));
    await stack.clock.putOffBy(1_000);
    expect(titles()).toEqual(['first']);
    stack.clock.advance(1_000);
    await second;
    expect(titles()).toEqual(['first', 'second']);
  });

  test('takes the most severe alert first', async () => {
    await client.sendAlert(alert('first'));
    const rest = [client.sendAlert(alert('info')), client.sendAlert(alert('critical', 'critical'))];
    await stack.clock.putOffBy(1_000);
    stack.clock.advance(1_000);
    await rest[1];
    expect(titles()).toEqual(['first', 'critical']);
  });

  test('waits for Retry-After', async () => {
    stack.faults.add({
      operation: 'webhook',
      effect: 'status',
      status: 429,
      retryAfterSeconds: 30,
      times: 1,
    });
    const sent = client.sendAlert(alert('limited'));
    await stack.clock.putOffBy(30_000);
    stack.clock.advance(30_000);
    await sent;
    expect(titles()).toEqual(['limited']);
    expect(logged).toEqual([]);
  });

  test('gives an alert to the fallback when Retry-After is too long', async () => {
    stack.faults.add({
      operation: 'webhook',
      effect: 'status',
      status: 429,
      retryAfterSeconds: 3_600,
      times: 1,
    });
    await client.sendAlert(alert('limited'));
    await client.sendAlert(alert('later'));
    expect(logged.map(({ title }) => title)).toEqual(['limited', 'later']);
    stack.clock.advance(3_600_000);
    await client.sendAlert(alert('after'));
    expect(titles()).toEqual(['after']);
  });

  test('bounds the queue; the least severe and oldest alert goes to the log', async () => {
    await client.sendAlert(alert('first'));
    for (let number = 1; number <= queueLengthMax; number += 1) {
      void client.sendAlert(alert(`warning ${number}`, 'warning'));
    }
    void client.sendAlert(alert('critical', 'critical'));
    await client.sendAlert(alert('info'));
    expect(logged.map(({ title }) => title)).toEqual(['warning 1', 'info']);
  });
});

describe('repetition', () => {
  test('is sent once, with its count, when the minute is over', async () => {
    await client.sendAlert(alert('again'));
    const repeated = Array.from({ length: 41 }, () => client.sendAlert(alert('again')));
    stack.clock.advance(60_000);
    await Promise.all(repeated);
    expect(stack.texts()).toHaveLength(2);
    expect(stack.texts()[1]).toContain('Message: as it happened (×41 in 60 s)\n');
  });

  test('of a waiting alert is merged into it', async () => {
    await client.sendAlert(alert('first'));
    const repeated = [client.sendAlert(alert('again')), client.sendAlert(alert('again'))];
    await stack.clock.putOffBy(1_000);
    stack.clock.advance(1_000);
    await Promise.all(repeated);
    expect(stack.texts()[1]).toContain('(×2 in 1 s)');
  });

  test('after a quiet minute is sent at once', async () => {
    await client.sendAlert(alert('again'));
    stack.clock.advance(60_000);
    await client.sendAlert(alert('again'));
    expect(stack.texts()).toHaveLength(2);
    expect(stack.texts()[1]).not.toContain('×');
  });

  test('during a failing attempt goes to the log with the alert', async () => {
    await setWebhook('removed');
    await Promise.all([client.sendAlert(alert('again')), client.sendAlert(alert('again'))]);
    expect(logged).toMatchObject([{ title: 'again', count: 2 }]);
  });
});

describe('failure', () => {
  test.each(answers.refused)('$status $body goes to the log at once', async ({ status, body }) => {
    client = createSlackClient(
      { webhookUrl: stack.webhookUrl, environment: 'production' },
      {
        clock: stack.clock,
        outbound: { breakerState: 'closed', send: async () => answer(status, body) },
        log: (_message, details) => logged.push(details),
      },
    );
    await client.sendAlert(alert('refused', 'critical'));
    expect(logged).toMatchObject([{ title: 'refused', severity: 'critical' }]);
    expect(logged[0]?.['reason']).toContain(`Slack answered ${status} ${body}: `);
  });

  test('of a removed webhook is also sent to the second channel', async () => {
    await setWebhook('removed');
    await client.sendAlert(alert('removed'));
    expect(secondChannel.alerts()).toEqual([alert('removed')]);
  });

  test('is in lastFailure until an alert is delivered', async () => {
    await setWebhook('channel_archived');
    await client.sendAlert(alert('lost'));
    expect(client.lastFailure).toContain('410 channel_is_archived');
    await setWebhook('active');
    stack.clock.advance(1_000);
    await client.sendAlert(alert('through'));
    expect(client.lastFailure).toBeUndefined();
  });

  test('with a wrong token shows no part of the address', async () => {
    client = createClient(new Secret(`${stack.origin}/services/T0DEMO/B0DEMO/demo-wrong-token`));
    await client.sendAlert(alert('wrong token'));
    expect(JSON.stringify(logged)).toContain('403 invalid_token');
    expect(JSON.stringify(logged)).not.toContain('demo-wrong-token');
  });

  test('of Slack itself is retried', async () => {
    stack.faults.add({ operation: 'webhook', effect: 'status', status: 500, times: 1 });
    const sent = client.sendAlert(alert('second attempt'));
    await stack.clock.putOffBy(2_000);
    stack.clock.advance(2_000);
    await sent;
    expect(titles()).toEqual(['second attempt']);
  });

  test('that persists goes to the log after five attempts', async () => {
    stack.faults.add({ operation: 'webhook', effect: 'status', status: 503 });
    const sent = client.sendAlert(alert('lost'));
    for (const delayMs of [2_000, 4_000, 8_000, 16_000]) {
      await stack.clock.putOffBy(delayMs);
      stack.clock.advance(delayMs);
    }
    await sent;
    expect(logged).toMatchObject([{ title: 'lost', reason: 'Slack answered 503' }]);
  });

  test('of the connection is retried', async () => {
    stack.faults.add({ operation: 'webhook', effect: 'reset', times: 1 });
    const sent = client.sendAlert(alert('after a reset'));
    await stack.clock.putOffBy(2_000);
    stack.clock.advance(2_000);
    await sent;
    expect(titles()).toEqual(['after a reset']);
  });

  test('to answer ok is not a success', async () => {
    stack.faults.add({ operation: 'webhook', effect: 'empty', times: 1 });
    await client.sendAlert(alert('captive portal'));
    expect(logged).toMatchObject([{ title: 'captive portal' }]);
  });

  test('leaves no secret in the log', async () => {
    await setWebhook('removed');
    await client.sendAlert({ ...alert('01815000117'), message: 'Bearer abcdefgh' });
    expect(JSON.stringify(logged)).not.toMatch(/01815000117|abcdefgh|demo-webhook-token/);
  });

  test('because of another address is refused without a call', async () => {
    client = createClient(new Secret('https://hooks.slack.example/services/T/B/x'));
    await client.sendAlert(alert('elsewhere'));
    expect(logged).toMatchObject([{ reason: 'provider_refused' }]);
  });
});

describe('an attempt', () => {
  const raised = {
    alert: alert('attempted', 'critical'),
    raisedAt: new Date('2026-02-23T14:00:00Z'),
    repetition: { count: 41, seconds: 60 },
  };

  test('shows how often and when the alert was raised', async () => {
    expect(await client.attempt(raised)).toEqual({ kind: 'delivered' });
    expect(stack.texts()[0]).toContain('Message: as it happened (×41 in 60 s)\nTime: 2026-02-23 14:00 UTC');
  });

  test('that Slack limits says for how long', async () => {
    stack.faults.add({ operation: 'webhook', effect: 'status', status: 429, retryAfterSeconds: 30 });
    expect(await client.attempt(raised)).toMatchObject({ kind: 'later', afterMs: 30_000 });
  });

  test('that a removed webhook refuses says what to do, and leaves the alert to the caller', async () => {
    await setWebhook('removed');
    expect(await client.attempt(raised)).toEqual({
      kind: 'never',
      reason: expect.stringContaining('404 no_service: create a new incoming webhook') as string,
      isMessageAtFault: false,
    });
    expect(logged).toEqual([]);
  });

  test('whose message is at fault says so', async () => {
    stack.faults.add({ operation: 'webhook', effect: 'status', code: 'invalid_payload' });
    expect(await client.attempt(raised)).toMatchObject({ kind: 'never', isMessageAtFault: true });
  });
});

describe('flush', () => {
  test('sends the waiting alerts and repetitions without the usual pace', async () => {
    await client.sendAlert(alert('first'));
    void client.sendAlert(alert('first'));
    void client.sendAlert(alert('second'));
    void client.sendAlert(alert('third', 'critical'));
    await client.flush(3_000);
    expect(titles()).toEqual(['first', 'third', 'second', 'first']);
    expect(logged).toEqual([]);
  });

  test('hands alerts that Slack has not accepted by the deadline to the log', async () => {
    stack.faults.add({ operation: 'webhook', effect: 'status', status: 429, retryAfterSeconds: 60 });
    void client.sendAlert(alert('one'));
    void client.sendAlert(alert('two'));
    await stack.clock.putOffBy(60_000);
    const flushed = client.flush(3_000);
    stack.clock.advance(3_000);
    await flushed;
    expect(logged.map(({ title }) => title).toSorted()).toEqual(['one', 'two']);
  });

  test('hands an alert to the log only once, even if Slack answers after the deadline', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof answer>>();
    client = createSlackClient(
      { webhookUrl: stack.webhookUrl, environment: 'production' },
      {
        clock: stack.clock,
        outbound: { breakerState: 'closed', send: () => promise },
        log: (_message, details) => logged.push(details),
      },
    );
    const sent = client.sendAlert(alert('slow'));
    const flushed = client.flush(3_000);
    stack.clock.advance(3_000);
    await Promise.all([flushed, sent]);
    resolve(answer(404, 'no_service'));
    await client.flush(3_000);
    expect(logged.map(({ title }) => title)).toEqual(['slow']);
  });

  test('without anything to send ends at once', async () => {
    await client.flush(3_000);
    expect(stack.texts()).toEqual([]);
  });
});

async function setWebhook(state: string): Promise<void> {
  await stack.emulator.actions?.['set_webhook']?.({ state });
}

function answer(status: number, body: string) {
  return {
    status,
    headers: new Headers(),
    body: Buffer.from(body),
    text: () => body,
    json: (): unknown => JSON.parse(body),
  };
}
