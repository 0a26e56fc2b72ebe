import { residentMB } from './children.ts';
import type { Comparison, Readings } from './harness.ts';
import { dropServer, emptied, inboxDrop, send, startInbox } from './inbox-subjects.ts';
import type { Target } from './report.ts';

const soakTitle = 'A million webhooks';
const growth = 'grown since the first 200 000, ×';
const portions = 10;
const portion = 100_000;

/** Whether the intake's memory stays as it is, however many webhooks have come. */
export async function inboxSoak(options: {
  databaseUrl: (name: string) => Promise<string>;
}): Promise<{ comparisons: Comparison[]; stop: () => Promise<void> }> {
  const server = await startInbox(dropServer, await options.databaseUrl('soak'));
  const sample = async (): Promise<Readings> => {
    await emptied(server.databaseUrl);
    const residents: number[] = [];
    for (let sent = 0; sent < portions; sent += 1) {
      await send(server, { connections: 64, webhooks: portion });
      residents.push(residentMB(server.child.pid));
    }
    const [, afterTwo = Number.NaN] = residents;
    const last = residents.at(-1) ?? Number.NaN;
    return { 'MB after 200 000': afterTwo, 'MB after a million': last, [growth]: last / afterTwo };
  };
  return {
    comparisons: [
      {
        title: soakTitle,
        method:
          'Signed webhooks over 64 connections, all kept in one table. Resident memory of the process that takes ' +
          'them in, without PostgreSQL.',
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

export const soakTarget: Target = {
  what: 'memory over a million webhooks, to that after 200 000',
  title: soakTitle,
  subject: inboxDrop,
  reading: growth,
  at: 'most',
  bound: 1.1,
};
