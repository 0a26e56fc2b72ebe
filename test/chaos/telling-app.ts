// A process of Drop's that tells customers and operators: it does the work of the table `chaos_work`, and sends mails
// and alerts with the production workers and clients. Started by `fleet.ts`, and killed.
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { systemClock } from '#domain/clock.ts';
import { systemEntropy } from '#domain/entropy.ts';
import { createSealer } from '#domain/sealer.ts';
import { Secret } from '#domain/secret.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createOutbound } from '#services/guarded-call.ts';
import { readMailbox } from '#services/email/address.ts';
import { createEmailClient } from '#services/email/client.ts';
import { readServerAddress } from '#services/email/server-address.ts';
import { createSlackClient } from '#services/slack/client.ts';
import { openStore } from '#store/database.ts';
import { listen } from '#store/listener.ts';
import { startAlertWorker } from '#usecases/alerts/alert-worker.ts';
import { raise } from '#usecases/alerts/raise.ts';
import { startMailWorker } from '#usecases/notify/mail-worker.ts';
import { notify } from '#usecases/notify/notify.ts';
import { fastClock as clock } from './fast-clock.ts';

const { DATABASE_URL = '', SMTP_URL = '', SLACK_WEBHOOK_URL = '' } = process.env;
const ignore = (): void => undefined;
const store = openStore(DATABASE_URL);
const from = readMailbox('Drop <drop@mail.drop.example>');
const primary = readServerAddress(SMTP_URL);
if (!from || !primary) throw new RangeError('the parent names a mail server');
const email = createEmailClient(
  { servers: { primary }, from, bounceSecrets: [], isSandbox: true },
  { clock: systemClock },
);
const outbound = createOutbound({
  provider: 'slack',
  origins: [SLACK_WEBHOOK_URL],
  clock: systemClock,
  dispatcher: createDispatcher(),
  random: () => 0,
});
const alerts = createSlackClient(
  { webhookUrl: new Secret(SLACK_WEBHOOK_URL), environment: 'sandbox' },
  { clock: systemClock, outbound, log: ignore },
);
const context = {
  store,
  clock,
  entropy: systemEntropy,
  log: ignore,
  services: { email, alerts },
  sealer: createSealer({
    current: { id: '1', key: new Secret(randomBytes(32).toString('base64')) },
    formerKeys: [],
    newNonce: () => randomBytes(12),
  }),
  baseUrl: 'http://localhost:3000',
  runbookUrl: undefined,
};

/** Does one piece of work, and tells of it in the same transaction. False when none is left. */
async function work(): Promise<boolean> {
  return store.database.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ userId: string; alerts: boolean }>`
      delete from chaos_work where user_id in (select user_id from chaos_work limit 1 for update skip locked)
      returning user_id as "userId", alerts
    `.execute(transaction);
    const [piece] = rows;
    if (!piece) return false;
    const { userId } = piece;
    await notify(context, transaction, {
      userId,
      code: 'verification_approved',
      parameters: {},
      occasion: 'chaos',
    });
    if (piece.alerts) await raise(context, 'customer_rejected', { userId }, transaction);
    return true;
  });
}

const mails = startMailWorker(context);
const alerting = startAlertWorker({
  ...context,
  holder: randomUUID(),
  environment: 'sandbox',
  mail: undefined,
  onResult: ignore,
});
listen(store, context, {
  onChange: ignore,
  onWebhook: ignore,
  onBreaker: ignore,
  onDropped: ignore,
  onOutbox: (channel) => (channel === 'mail' ? mails : alerting).wake(),
  onConnected() {
    mails.wake();
    alerting.wake();
  },
});
process.stdout.write('works\n');
for (;;) {
  // The database may be crashing: the work is still there afterwards.
  const done = await work().catch(() => true);
  if (!done)
    await new Promise((resolve) => clock.schedule(1_000, () => resolve(undefined), { keepsAlive: true }));
}
