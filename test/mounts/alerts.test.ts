import { describe, expect, onTestFinished, test } from 'vitest';
import { startSlackStack, type SlackStack } from '../conformance/slack-stack.ts';
import { startProcess, type AlertingProcess } from '../process/alerting-process.ts';
import { testStore } from '../support/database.ts';

const startMsMax = 60_000;
const example = 'examples/node-http.ts';
/** A host that raises alerts of its own. */
const alertingHost = 'test/mounts/alerting-host.ts';
const unreachable = 'postgres://drop@127.0.0.1:1/drop';

interface Host {
  slack: SlackStack;
  host: AlertingProcess;
  titles(): string[];
}

async function begin(program: string, databaseUrl: string, environment = {}): Promise<Host> {
  const slack = await startSlackStack();
  onTestFinished(() => slack.close());
  const slackUrl = slack.webhookUrl.reveal();
  const host = startProcess({ program, databaseUrl, slackUrl, environment });
  return { slack, host, titles: () => slack.texts().map((text) => /Title: (.*)/.exec(text)?.[1] ?? '') };
}

/** A host that serves, and whose start was alerted. */
async function start(program: string): Promise<Host> {
  const { url } = await testStore();
  const begun = await begin(program, url);
  const served = await Promise.race([
    begun.host.serving.then(() => true),
    begun.host.ended.then(() => false),
  ]);
  expect(served, begun.host.lines.join('\n')).toBe(true);
  await expect.poll(begun.titles, { timeout: startMsMax }).toEqual(['Drop started']);
  return begun;
}

describe('a host that Drop is mounted in', { timeout: 2 * startMsMax }, () => {
  test('has the start and the end of Drop alerted', async () => {
    const { host, titles } = await start(example);
    host.child.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(titles()).toEqual(['Drop started', 'Drop is shutting down']);
  });

  test('sends an alert of its own, without personal data', async () => {
    const { slack, host, titles } = await start(alertingHost);
    host.child.kill('SIGUSR1');
    await expect.poll(titles, { timeout: startMsMax }).toEqual(['Drop started', 'The host is full']);
    expect(slack.texts()[1]).toContain('no room is left');
    expect(slack.texts()[1]).not.toContain('01815000117');
    await expect.poll(() => host.lines).toContain('told');
  });

  test.each([
    ['SIGUSR2', 'an exception', 'TypeError: at fault'],
    ['SIGHUP', 'a rejection', 'RangeError: rejected'],
  ] as const)('reports by %s %s that nothing handles, and ends with 1', async (signal, _what, message) => {
    const { slack, host, titles } = await start(example);
    host.child.kill(signal);
    expect(await host.ended).toBe(1);
    expect(titles()).toEqual(['Drop started', 'Unhandled exception']);
    expect(slack.texts()[1]).toContain(`Message: ${message}`);
  });

  test('has a start without a database alerted, and nothing of Drop keeps it alive', async () => {
    const { slack, host, titles } = await begin(example, unreachable);
    expect(await host.ended).toBe(1);
    expect(titles()).toEqual(['Drop could not start']);
    expect(slack.texts()[0]).toContain('where PostgreSQL does not answer');
  });

  test('is told what is wrong with the configuration, before anything begins', async () => {
    const { host, titles } = await begin(example, unreachable, { SUMSUB_SECRET_KEY: '' });
    expect(await host.ended).toBe(1);
    expect(host.lines.join('\n')).toContain('SUMSUB_SECRET_KEY is required');
    expect(titles()).toEqual([]);
  });
});
