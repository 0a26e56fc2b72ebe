import { expect, inject, onTestFinished, test } from 'vitest';
import { drill } from '#drill/drill.ts';
import { reportOf } from '#drill/report.ts';
import { startWorld } from '#drill/world.ts';
import { openBankingProviders } from '#services/open-banking/providers.ts';
import { createTestDatabase } from '../support/test-server.ts';

const provider = openBankingProviders[0]?.id ?? '';

test('a drill shows what customers and operators see of an outage, and that all works again', async () => {
  const database = await createTestDatabase(inject('postgresUrl'));
  onTestFinished(database.drop);
  const world = await startWorld({ provider, databaseUrl: database.url, webReady: Promise.resolve() });
  onTestFinished(world.close);
  const options = { subject: provider, downMinutes: 1, recoveryMinutes: 2, onMinute: () => undefined };
  const result = await drill(world, options);

  const [before, , down, , recovered] = result.minutes;
  expect(before?.answers.pay).toMatchObject({ ok: true });
  expect(down?.answers).toMatchObject({
    'sign in': { ok: true },
    'read the balance': { ok: false, result: expect.stringMatching(/^50\d \w+$/), text: expect.anything() },
    pay: { ok: false, result: expect.stringMatching(/^50\d \w+$/) },
  });
  expect(down?.seen.slack.join('\n')).toContain('A provider is not called');
  expect(down?.seen.betterStack.join('\n')).not.toContain('Drop: health');
  expect(recovered?.answers).toMatchObject({ 'read the balance': { ok: true }, pay: { ok: true } });

  const report = reportOf(result, world.clock.now());
  expect(report).toContain('| read the balance | 50');
  expect(report).toContain('- First message in Slack: in minute 0.');
});
