import { residentMB } from './children.ts';
import type { Comparison, Readings } from './harness.ts';
import { dropServer, emptied, inboxDrop, send, startInbox, type RunningInbox } from './inbox-subjects.ts';
import type { Target } from './report.ts';

const soakTitle = 'A million webhooks';
const growth = 'grown over the second, ×';
const million = 10;
const portion = 100_000;

/** Whether the intake's memory stays as it is, however many webhooks have come. */
export async function inboxSoak(options: {
  databaseUrl: (name: string) => Promise<string>;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const server = await startInbox(dropServer, await options.databaseUrl('soak'));
  const sample = async (): Promise<Readings> => {
    await emptied(server.databaseUrl);
    const residents: number[] = [];
    for (let sent = 0; sent < 2 * million; sent += 1) {
      await send(server, { connections: 64, webhooks: portion });
      residents.push(await keptMB(server, residents.length + 1));
    }
    const first = residents[million - 1] ?? Number.NaN;
    const second = residents.at(-1) ?? Number.NaN;
    return { 'MB after a million': first, 'MB after two': second, [growth]: second / first };
  };
  return {
    comparisons: [
      {
        title: soakTitle,
        method:
          'Two million signed webhooks over 64 connections, all kept in one table. Resident memory of the process ' +
          'that takes them in, without PostgreSQL. What is garbage is collected first. With the first half ' +
          'million it takes the memory that it keeps; what it grows by afterwards would be lost.',
        unit: '',
        baseline: inboxDrop,
        warmups: 0,
        rounds: 1,
        subjects: [{ name: inboxDrop, sample }],
      },
    ],
    stop: () => server.child.stop(),
  };
}

async function keptMB({ child }: RunningInbox, collection: number): Promise<number> {
  const collected = child.line((line) => line === `collected ${collection}`);
  process.kill(child.pid, 'SIGUSR2');
  await collected;
  return residentMB(child.pid);
}

export const soakTarget: Target = {
  what: 'memory over a million webhooks, after a million',
  title: soakTitle,
  subject: inboxDrop,
  reading: growth,
  at: 'most',
  bound: 1.05,
};
