import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { KilledAt } from './killed.ts';
import { alertStand } from './stand.ts';

const program = fileURLToPath(new URL('killed.ts', import.meta.url));

test.each<[KilledAt, number]>([
  ['before the commit', 0],
  ['after the commit', 1],
  ['before the answer', 1],
  // Slack has no ids by which it could recognise a repetition.
  ['after the answer', 2],
])('an alert whose process is killed %s reaches the channel %i times', async (step, times) => {
  const stand = await alertStand();
  const { context, slack } = stand;
  const parameters = [program, context.store.url, slack.webhookUrl.reveal(), step];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
  const signal = await new Promise((resolve) => child.once('exit', (_code, killedBy) => resolve(killedBy)));
  expect(signal).toBe('SIGKILL');
  await stand.run(60_000);
  expect(stand.shown()).toHaveLength(times);
  expect(await stand.statuses()).toEqual(times === 0 ? [] : ['delivered']);
});
