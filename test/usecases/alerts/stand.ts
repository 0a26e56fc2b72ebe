import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { createSlackClient } from '#services/slack/client.ts';
import type { Email, Mail, MailVerdict } from '#services/email/service.ts';
import { deliverNext, type AlertResult, type DeliveryContext } from '#usecases/alerts/deliver.ts';
import type { AlertKey, AlertParameters } from '#usecases/alerts/kinds.ts';
import { raise } from '#usecases/alerts/raise.ts';
import { startSlackStack, type SlackStack } from '../../conformance/slack-stack.ts';
import { testContext, type TestContext } from '../../support/context.ts';

/** Two mail servers in memory. `verdicts` has the next answers of each; without one a mail is accepted. */
class TestMail implements Pick<Email, 'servers' | 'send'> {
  readonly servers = ['primary', 'backup'] as const;
  readonly mails: (Mail & { server: string })[] = [];
  readonly verdicts = { primary: [] as MailVerdict[], backup: [] as MailVerdict[] };

  async send(mail: Mail, server: 'primary' | 'backup'): Promise<MailVerdict> {
    const verdict = this.verdicts[server].shift() ?? { kind: 'accepted' };
    if (verdict.kind === 'accepted') this.mails.push({ ...mail, server });
    return verdict;
  }
}

/** The outbox on a real database, and Slack's production client on its emulator; time is moved by hand. */
export interface AlertStand {
  context: TestContext;
  slack: SlackStack;
  mail: TestMail;
  results: AlertResult[];
  /** Another process. */
  process(): DeliveryContext;
  raise<Key extends AlertKey>(key: Key, parameters: AlertParameters<Key>): Promise<void>;
  /** Makes one step, of this process unless another is given. Returns in how many milliseconds to make the next. */
  step(by?: DeliveryContext): Promise<number>;
  /** Steps and moves time until nothing waits, or `lastsMs` are over. */
  run(lastsMs: number): Promise<void>;
  /** The second and third line of the messages in the channel. */
  shown(): string[];
  statuses(): Promise<string[]>;
  setWebhook(state: 'active' | 'removed' | 'channel_archived'): Promise<void>;
}

export async function alertStand(options: { hasMail?: boolean } = {}): Promise<AlertStand> {
  const slack = await startSlackStack();
  onTestFinished(() => slack.close());
  const context = await testContext(slack.clock);
  const { clock, log } = context;
  const logged = (message: string, details: Record<string, unknown>): void => log('warn', message, details);
  context.services.alerts = createSlackClient(
    { webhookUrl: slack.webhookUrl, environment: 'production' },
    { clock, outbound: slack.outbound, log: logged },
  );
  const mail = new TestMail();
  const results: AlertResult[] = [];
  const process = (): DeliveryContext => ({
    ...context,
    holder: randomUUID(),
    environment: 'production',
    mail: options.hasMail === true ? { to: 'ops@drop.example', email: mail } : undefined,
    onResult: (result) => results.push(result),
  });
  const own = process();
  const step = (by = own): Promise<number> => deliverNext(by, false);
  return {
    context,
    slack,
    mail,
    results,
    process,
    step,
    raise: (key, parameters) => raise(context, key, parameters),
    async run(lastsMs) {
      const endMs = clock.now().getTime() + lastsMs;
      for (let leftMs = lastsMs; leftMs > 0; leftMs = endMs - clock.now().getTime())
        clock.advance(Math.min(leftMs, await step()));
    },
    shown: () => slack.texts().map((text) => text.split('\n').slice(1, 3).join(' | ')),
    async statuses() {
      const rows = await context.store.database
        .selectFrom('outbox')
        .select('status')
        .orderBy('sequence')
        .execute();
      return rows.map(({ status }) => status);
    },
    async setWebhook(state) {
      await slack.emulator.actions?.['set_webhook']?.({ state });
    },
  };
}
