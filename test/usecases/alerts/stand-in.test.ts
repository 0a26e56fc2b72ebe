import { describe, expect, test } from 'vitest';
import { lookAtAlerts } from '#store/outbox/alert-delivery.ts';
import { alertStand, type AlertStand } from './stand.ts';

const shutdown = { signal: 'SIGTERM' };
const minute = 60_000;

const lost = ({ context }: AlertStand) =>
  context.logged.filter(({ message }) => message === 'an alert did not reach Slack');

describe('a webhook that Slack refuses', () => {
  test('has its alerts come by mail at once, which says why and what to do', async () => {
    const stand = await refused({ hasMail: true });
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.raise('shutting_down', shutdown);
    await stand.run(minute);
    expect(stand.mail.mails).toMatchObject([
      {
        to: 'ops@drop.example',
        subject: '🚨 Drop Production Alert — Critical: A verified customer may no longer pay and 1 more',
      },
    ]);
    const { text = '', html = '' } = stand.mail.mails[0] ?? {};
    expect(text).toContain('Slack refuses alerts.');
    expect(text).toContain('404 no_service: create a new incoming webhook');
    expect(text).toContain('\n\n🚨 Drop Production Alert — Critical\nTitle: A verified customer');
    expect(text).toMatch(/\nMessage: Received SIGTERM\. .+\nTime: 2026-02-23 14:30 UTC/);
    expect(html).toContain('Title: A verified customer');
    expect(await stand.statuses()).toEqual(['delivered', 'delivered']);
    expect(stand.results).toEqual(['failed', 'mail', 'mail']);
  });

  test('is a line of the log once, and known to every process until Slack takes an alert', async () => {
    const stand = await refused({ hasMail: true });
    const refusal = async () => (await lookAtAlerts(stand.context.store.database)).refusal;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
      await stand.raise('shutting_down', { signal });
      await stand.run(2 * minute);
    }
    const refusals = stand.context.logged.filter(({ message }) => message === 'Slack refuses alerts');
    expect(refusals).toMatchObject([
      { level: 'error', details: { reason: expect.stringContaining('no_service') } },
    ]);
    expect(await refusal()).toContain('no_service');
    await stand.setWebhook('active');
    await stand.raise('shutting_down', shutdown);
    await stand.run(2 * minute);
    expect(await refusal()).toBeUndefined();
    expect(stand.shown()).toHaveLength(1);
  });

  test('without mail has alerts go to the log once: critical ones wait for Slack, others are dead', async () => {
    const stand = await refused();
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.raise('approval_lost', { userId: 'b', status: 'pending' });
    await stand.raise('shutting_down', shutdown);
    await stand.run(10 * minute);
    expect(lost(stand)).toHaveLength(3);
    expect(await stand.statuses()).toEqual(['waiting', 'dead', 'dead']);
    await stand.setWebhook('active');
    await stand.run(10 * minute);
    expect(stand.shown()).toHaveLength(1);
    expect(await stand.statuses()).toEqual(['delivered', 'dead', 'dead']);
  });

  test('is not called more than once a minute', async () => {
    const stand = await refused();
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.run(10 * minute);
    expect(stand.results.filter((result) => result === 'failed')).toHaveLength(10);
  });
});

describe('the mail', () => {
  test('goes to the second server when the first does not accept it', async () => {
    const stand = await refused({ hasMail: true });
    stand.mail.verdicts.primary.push({ kind: 'unusable', reason: '535' });
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.run(minute);
    expect(stand.mail.mails.map(({ server }) => server)).toEqual(['backup']);
  });

  test('that no server accepts is tried again for a critical alert, which is in the log meanwhile', async () => {
    const stand = await refused({ hasMail: true });
    stand.mail.verdicts.primary.push({ kind: 'later', reason: '451' });
    stand.mail.verdicts.backup.push({ kind: 'later', reason: '451' });
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.run(5 * minute);
    expect(stand.mail.mails).toHaveLength(1);
    expect(lost(stand)).toHaveLength(1);
    expect(await stand.statuses()).toEqual(['delivered']);
  });

  test('has one id for the same alerts and another for more: a recipient may drop a repeated id', async () => {
    const stand = await alertStand({ hasMail: true });
    const tried: string[] = [];
    const { mail } = stand;
    const send = mail.send.bind(mail);
    mail.send = (letter, server) => {
      tried.push(letter.id);
      return send(letter, server);
    };
    const lost = { kind: 'later', reason: 'no answer in time' } as const;
    mail.verdicts.primary.push(lost, lost);
    mail.verdicts.backup.push(lost, lost);
    await stand.setWebhook('removed');
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.run(90_000);
    expect(new Set(tried).size).toBe(1);
    await stand.raise('customer_rejected', { userId: 'b' });
    await stand.run(90_000);
    expect(mail.mails).toHaveLength(1);
    expect(tried.indexOf(mail.mails[0]?.id ?? '')).toBe(tried.length - 1);
    expect(new Set(tried).size).toBe(2);
  });

  test('that no server accepts ends a warning, in the log', async () => {
    const stand = await refused({ hasMail: true });
    stand.mail.verdicts.primary.push({ kind: 'later', reason: '451' });
    stand.mail.verdicts.backup.push({ kind: 'later', reason: '451' });
    await stand.raise('approval_lost', { userId: 'b', status: 'pending' });
    await stand.run(5 * minute);
    expect([lost(stand).length, await stand.statuses()]).toEqual([1, ['dead']]);
  });

  test('holds no personal data that slipped into an alert', async () => {
    const stand = await refused({ hasMail: true });
    await stand.raise('unhandled_exception', { error: 'Error: of 01815000117 <!channel>' });
    await stand.run(minute);
    const { text = '', html = '' } = stand.mail.mails[0] ?? {};
    expect(text).toContain('Error: of [national number] <!channel>');
    expect(html).toContain('[national number] &lt;!channel&gt;');
  });
});

describe('an outage of Slack', () => {
  test('of a minute has critical alerts come by mail, and of a quarter of an hour all others', async () => {
    const stand = await failing({ hasMail: true });
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.raise('approval_lost', { userId: 'b', status: 'pending' });
    await stand.run(28_000);
    expect(stand.mail.mails).toHaveLength(0);
    await stand.run(35_000);
    expect(await stand.statuses()).toEqual(['delivered', 'waiting']);
    await stand.run(13 * minute);
    expect(stand.mail.mails).toHaveLength(1);
    await stand.run(2 * minute);
    expect(stand.mail.mails.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Critical'),
      expect.stringContaining('Warning'),
    ]);
    expect(await stand.statuses()).toEqual(['delivered', 'delivered']);
  });

  test('without mail leaves a warning in the log and dead after a quarter of an hour', async () => {
    const stand = await failing();
    await stand.raise('approval_lost', { userId: 'b', status: 'pending' });
    await stand.run(14 * minute);
    expect([lost(stand).length, await stand.statuses()]).toEqual([0, ['waiting']]);
    await stand.run(2 * minute);
    expect([lost(stand).length, await stand.statuses()]).toEqual([1, ['dead']]);
  });

  test('that ends in time shows in the channel alone', async () => {
    const stand = await failing({ hasMail: true });
    await stand.raise('customer_rejected', { userId: 'a' });
    await stand.run(10_000);
    stand.slack.faults.clear();
    await stand.run(minute);
    expect([stand.shown().length, stand.mail.mails.length]).toEqual([1, 0]);
  });
});

test('an alert that Slack refuses for what it is takes no other alert with it', async () => {
  const stand = await alertStand();
  stand.slack.faults.add({ operation: 'webhook', effect: 'status', code: 'invalid_payload', times: 1 });
  await stand.raise('customer_rejected', { userId: 'a' });
  await stand.raise('customer_rejected', { userId: 'b' });
  await stand.run(minute);
  expect(await stand.statuses()).toEqual(['dead', 'delivered']);
  expect(lost(stand)).toHaveLength(1);
});

async function refused(options?: { hasMail: boolean }): Promise<AlertStand> {
  const stand = await alertStand(options);
  await stand.setWebhook('removed');
  return stand;
}

async function failing(options?: { hasMail: boolean }): Promise<AlertStand> {
  const stand = await alertStand(options);
  stand.slack.faults.add({ operation: 'webhook', effect: 'status', status: 503 });
  return stand;
}
