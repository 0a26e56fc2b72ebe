import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmailStack } from '../conformance/email-stack.ts';
import { startSlackStack, type SlackStack } from '../conformance/slack-stack.ts';
import { testStore } from '../support/database.ts';
import { wayTo } from '../support/severed.ts';
import { startProcess, type AlertingProcess } from './alerting-process.ts';

const startMsMax = 60_000;
const titles = ({ texts }: SlackStack): string[] =>
  texts().map((text) => /Title: (.*)/.exec(text)?.[1] ?? '');

async function startSlack(): Promise<SlackStack> {
  const slack = await startSlackStack();
  onTestFinished(() => slack.close());
  return slack;
}

async function start(parts: { prefix?: readonly string[]; databaseUrl?: string } = {}) {
  const slack = await startSlack();
  const store = await testStore();
  const slackUrl = slack.webhookUrl.reveal();
  const begin = (): AlertingProcess => startProcess({ databaseUrl: store.url, slackUrl, ...parts });
  const drop = begin();
  const served = await Promise.race([drop.serving.then(() => true), drop.ended.then(() => false)]);
  expect(served, drop.lines.join('\n')).toBe(true);
  return { slack, store, drop, begin };
}

const shown = async (slack: SlackStack, count: number): Promise<string[]> => {
  await expect.poll(() => titles(slack), { timeout: startMsMax }).toHaveLength(count);
  return titles(slack);
};

describe('a process', { timeout: 2 * startMsMax }, () => {
  test('alerts of its start, and of its end by SIGTERM', async () => {
    const { slack, drop } = await start();
    await shown(slack, 1);
    drop.child.kill('SIGTERM');
    expect(await drop.ended).toBe(0);
    expect(titles(slack)).toEqual(['Drop started', 'Drop is shutting down']);
  });

  test.skipIf(!canHaveProcessId1())('alerts of both as process 1 of a container', async () => {
    const { slack, drop } = await start({ prefix: ['unshare', '--pid', '--fork'] });
    await shown(slack, 1);
    process.kill(childOf(drop.child.pid ?? 0), 'SIGTERM');
    expect(await drop.ended).toBe(0);
    expect(titles(slack)).toEqual(['Drop started', 'Drop is shutting down']);
  });

  test.each([
    ['SIGUSR2', 'an exception', 'TypeError: at fault'],
    ['SIGHUP', 'a rejection', 'RangeError: rejected'],
  ] as const)('alerts of %s, %s that nothing handles, and ends with 1', async (signal, _what, message) => {
    const { slack, drop } = await start();
    await shown(slack, 1);
    drop.child.kill(signal);
    expect(await drop.ended).toBe(1);
    expect(titles(slack)).toEqual(['Drop started', 'Unhandled exception']);
    expect(slack.texts()[1]).toContain(`Message: ${message}`);
  });

  test('ends although Slack hangs, and its alert is sent after the next start', async () => {
    const { slack, store, drop, begin } = await start();
    await shown(slack, 1);
    slack.faults.add({ operation: 'webhook', effect: 'latency', delayMs: 60_000 });
    drop.child.kill('SIGUSR2');
    expect(await drop.ended).toBe(1);
    slack.faults.clear();
    // The process had the delivery in hand.
    await store.pool.query("update alert_delivery set held_until = 'epoch'");
    const next = begin();
    await next.serving;
    // The second start is a repetition of the first, and is counted until the minute is over.
    expect(await shown(slack, 2)).toEqual(['Drop started', 'Unhandled exception']);
  });

  test('whose database is gone alerts of an exception from memory', async () => {
    const { slack, drop, database } = await startBehind();
    await shown(slack, 1);
    await database.cut();
    drop.child.kill('SIGUSR2');
    expect(await drop.ended).toBe(1);
    expect(titles(slack)).toEqual(['Drop started', 'Unhandled exception']);
  });

  test('whose database and Slack are gone leaves the alert in the log', async () => {
    const { slack, drop, database } = await startBehind();
    await shown(slack, 1);
    await database.cut();
    slack.faults.add({ operation: 'webhook', effect: 'latency', delayMs: 60_000 });
    drop.child.kill('SIGUSR2');
    expect(await drop.ended).toBe(1);
    const lost = drop.lines.filter((line) => line.includes('an alert did not reach Slack'));
    expect(lost).toEqual([expect.stringContaining('TypeError: at fault')]);
  });

  test('whose webhook Slack refuses alerts by mail, and says so in its internal health', async () => {
    const slack = await startSlack();
    await slack.emulator.actions?.['set_webhook']?.({ state: 'removed' });
    const mail = await startEmailStack();
    const store = await testStore();
    const drop = startProcess({
      databaseUrl: store.url,
      slackUrl: slack.webhookUrl.reveal(),
      environment: {
        SMTP_URL: `smtp://demo-primary:demo-primary-password@localhost:${mail.emulator.state().ports.primary}`,
        MAIL_FROM: 'Drop <drop@mail.drop.example>',
        ALERT_EMAIL: 'ops@drop.example',
      },
    });
    await drop.serving;
    const mails = () => mail.emulator.state().mails;
    await expect.poll(mails, { timeout: startMsMax }).toHaveLength(1);
    expect(JSON.stringify(mails())).toContain('Drop started');
    const { internalAddress = '' } = served(drop);
    const health = async (): Promise<unknown> => (await fetch(`${internalAddress}/api/health`)).json();
    await expect.poll(health, { timeout: startMsMax }).toMatchObject({
      status: 'ok',
      components: { slack: 'fail' },
      reasons: { slack: expect.stringContaining('404 no_service') as unknown },
    });
  });

  test('that cannot start alerts of it, and ends with 1', async () => {
    const slack = await startSlack();
    const drop = startProcess({
      databaseUrl: 'postgres://drop@127.0.0.1:1/drop',
      slackUrl: slack.webhookUrl.reveal(),
    });
    expect(await drop.ended).toBe(1);
    expect(titles(slack)).toEqual(['Drop could not start']);
    expect(slack.texts()[0]).toContain('where PostgreSQL does not answer');
  });
});

/** A process whose database can be cut off. */
async function startBehind() {
  const store = await testStore();
  const url = new URL(store.url);
  const database = await wayTo(Number(url.port));
  url.hostname = '127.0.0.1';
  url.port = `${database.port}`;
  return { ...(await start({ databaseUrl: url.href })), database };
}

/** What the process said when it began to serve. */
function served({ lines }: AlertingProcess): { internalAddress?: string } {
  const line = lines.find((each) => each.includes('Drop is serving')) ?? '{}';
  return JSON.parse(line) as { internalAddress?: string };
}

function canHaveProcessId1(): boolean {
  try {
    execFileSync('unshare', ['--pid', '--fork', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}
