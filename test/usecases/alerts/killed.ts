// A process that raises or delivers an alert, and is killed at the step that its parent names.
import { ManualClock, systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { Secret } from '#domain/secret.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { createSlackClient } from '#services/slack/client.ts';
import type { Alerts } from '#services/slack/service.ts';
import { openStore } from '#store/database.ts';
import { deliverNext } from '#usecases/alerts/deliver.ts';
import { raise } from '#usecases/alerts/raise.ts';

export type KilledAt = 'before the commit' | 'after the commit' | 'before the answer' | 'after the answer';

const [databaseUrl = '', webhookUrl = '', step = ''] = process.argv.slice(2);
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};
const dieAt = async (reached: KilledAt): Promise<void> => void (reached === step && (await die()));

const store = openStore(databaseUrl);
const clock = new ManualClock();
const slack = createSlackClient(
  { webhookUrl: new Secret(webhookUrl), environment: 'production' },
  {
    clock,
    outbound: createOutbound({
      provider: 'slack',
      origins: [webhookUrl],
      clock: systemClock,
      dispatcher: createDispatcher(),
      random: () => 0,
    }),
    log: () => undefined,
  },
);
const alerts: Alerts = {
  sendAlert: slack.sendAlert,
  async attempt(raised) {
    await dieAt('before the answer');
    const verdict = await slack.attempt(raised);
    await dieAt('after the answer');
    return verdict;
  },
};
const context = { store, clock, entropy: systemEntropy, log: () => undefined, services: { alerts } };
await store.database.transaction().execute(async (transaction) => {
  await raise(context, 'customer_rejected', { userId: 'a' }, transaction);
  await dieAt('before the commit');
});
await dieAt('after the commit');
const own = { holder: systemEntropy.uuid(), environment: 'production', mail: undefined };
await deliverNext({ ...context, ...own, onResult: () => undefined }, false);
