import { randomBytes } from 'node:crypto';
import { auditSettingsOf } from '#configuration/audit.ts';
import { encryptionKeysOf } from '#configuration/encryption-keys.ts';
import { hashKeysOf } from '#configuration/hash-keys.ts';
import type { Clock } from '#domain/clock.ts';
import { assert } from '#domain/errors.ts';
import { createNationalIdentityHasher } from '#domain/identity/national-identity-hash.ts';
import type { RedirectPolicy } from '#domain/redirect-address.ts';
import { createSealer } from '#domain/sealer.ts';
import type { ChangeFeed } from '#http/change-feed.ts';
import type { WebhookSource } from '#inbox/webhook-source.ts';
import { startInboxWorker } from '#inbox/worker.ts';
import { validityOfCertificates } from '#outbound/client-tls.ts';
import { concerning } from '#outbound/inherited-ids.ts';
import { handlingWhatArrived } from '#outbound/inherited-arrival.ts';
import { withDeadline } from '#outbound/inherited-deadline.ts';
import type { DroppedAnnouncement } from '#store/announcements.ts';
import { flagSettings } from '#store/flags.ts';
import { listen } from '#store/listener.ts';
import { workerPorts } from '#store/inbox/ports.ts';
import { schedules } from '#jobs/table.ts';
import type { OutageMemory } from '#usecases/alerts/outage-memory.ts';
import { openConditionIn } from '#usecases/alerts/conditions.ts';
import { auditPartsOf } from '#usecases/audit/context.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { createFlags } from '#usecases/flags/flags.ts';
import { startReconciliation } from '#usecases/payments/reconcile-due.ts';
import { reconcileHintedPayment } from '#usecases/payments/reconcile.ts';
import { handleBounce } from '#usecases/notify/bounced.ts';
import { startMailWorker } from '#usecases/notify/mail-worker.ts';
import { reconcileReview } from '#usecases/kyc/reconcile.ts';
import { alertOpenBreakers, type NotCalled } from '#usecases/watch/breakers.ts';
import type { WorkReport } from '#usecases/watch/stalled.ts';
import { startWatch } from '#usecases/watch/watch.ts';
import type { Config } from '#configuration/config.ts';
import type { BreakerSync } from './breaker-sync.ts';

/** Connects each provider's reports of changes to their use cases. Returns the sources of webhooks. */
export function connectWebhooks(context: UseCaseContext): WebhookSource[] {
  const { sumsub, openBanking, email } = context.services;
  sumsub.onWebhook((hint) => reconcileReview(context, hint));
  email.onBounce((bounce) => handleBounce(context, bounce));
  for (const provider of openBanking.all())
    provider.onPaymentHint((hint) => reconcileHintedPayment(context, hint));
  const sources = [sumsub.webhooks, email.bounces, ...openBanking.all().map((provider) => provider.webhooks)];
  return sources.filter((source) => source !== undefined);
}

/** A little less than what proxies in front of Drop usually wait for. */
const requestDeadlineMs = 55_000;

/** Ends the calls that a request causes before its client, or a proxy, stops waiting for the answer. */
export function withRequestDeadline<Given extends unknown[], Answer>(
  handler: (...given: Given) => Answer,
  clock: Clock,
): (...given: Given) => Answer {
  return (...given) => withDeadline(requestDeadlineMs, clock, () => handler(...given));
}

/** Shorter than an inbox worker's lease, after which another one takes the webhook. */
const webhookDeadlineMs = 45_000;

/** Handles webhooks within a deadline, and as part of a trace and of the request that brought them. */
function traced(
  source: WebhookSource,
  { clock, tracing }: UseCaseContext,
  onHandled: (provider: string, durationMs: number) => void,
): WebhookSource {
  const span = { name: `webhook ${source.provider}`, kind: 'consumer' } as const;
  return {
    ...source,
    async handle(webhook) {
      const arrivedAt = webhook.receivedAt ?? clock.now();
      const handle = (): Promise<void> => handlingWhatArrived(arrivedAt, () => source.handle(webhook));
      await concerning({ requestId: webhook.requestId ?? undefined }, () =>
        tracing.run({ ...span, link: webhook.traceparent ?? undefined }, () =>
          withDeadline(webhookDeadlineMs, clock, handle),
        ),
      );
      onHandled(source.provider, Math.max(0, clock.now().getTime() - arrivedAt.getTime()));
    },
  };
}

/** The dependencies of the use cases. */
export function createContext(
  parts: Pick<
    UseCaseContext,
    'services' | 'store' | 'clock' | 'entropy' | 'enqueue' | 'log' | 'tracing' | 'onPaymentMoved'
  > & {
    config: Config;
  },
): UseCaseContext {
  const { config, ...given } = parts;
  const { store, clock, entropy, log } = parts;
  return {
    ...given,
    nationalIdentityHasher: createNationalIdentityHasher(hashKeysOf(config)),
    sealer: createSealer({ ...encryptionKeysOf(config), newNonce: () => randomBytes(12) }),
    flags: createFlags({
      domain: entropy.uuid(),
      clock,
      isProduction: config.DROP_ENVIRONMENT === 'production',
      configured: config.FEATURE_FLAGS,
      read: () => flagSettings(store.database),
      onFault: (flag, fault) => log('warn', 'a feature flag could not be read and is off', { flag, fault }),
    }),
    bankIdCallbackUrl: config.bankIdCallbackUrl,
    bankIdCallbackUrlMobile: config.bankIdCallbackUrlMobile,
    bankCallbackUrlAt: (provider) => callbackUrlAt(config, provider),
    redirectPolicy: redirectPolicyOf(config),
    baseUrl: config.baseUrl,
    kycLevelName: config.SUMSUB_LEVEL_NAME,
    runbookUrl: config.RUNBOOK_URL,
    certificates: certificatesOf(config),
    audit: auditPartsOf(auditSettingsOf(config)),
  };
}

/** Mocks have no pages and send customers straight back. A bank has no reason to send them to a page of Drop's. */
export function redirectPolicyOf(config: Config): RedirectPolicy {
  const isMock = config.NEXT_PUBLIC_SERVICE_MODE === 'mock';
  const mocks = isMock ? config.openBanking.providers : [];
  return {
    ownOrigins: mocks.map(({ id }) => new URL(callbackUrlAt(config, id)).origin),
    allowsPlainLoopback: config.DROP_ENVIRONMENT === 'sandbox',
  };
}

function certificatesOf({ openBanking }: Config): UseCaseContext['certificates'] {
  return openBanking.providers.flatMap(({ id: provider, certificates }) =>
    certificates.map(({ variable, pem }) => {
      return { provider, variable, validUntil: validityOfCertificates(pem).validUntil };
    }),
  );
}

/** Where the banks of a provider send customers back to. */
function callbackUrlAt({ openBanking }: Config, provider: string): string {
  const live = openBanking.providers.find(({ id }) => id === provider);
  assert(live, `${provider} is live, since something begins there`);
  return live.credentials.callbackUrl;
}

const announcementsMissing = 'announcements of other processes do not arrive, so Drop polls';
const announcementsAdvice =
  'DATABASE_DIRECT_URL must lead to the PostgreSQL server behind DATABASE_URL, and not through a pooler';

export interface ChangeSubscription {
  /** Whether announcements arrive. While they do not, what depends on them polls. */
  isHearing(): boolean;
  /** Alerts that a breaker of this process has opened. Returns at once. */
  onBreakerOpen(opened: NotCalled): void;
  /** Work beside requests: whether it is done in time, and when it was last done. */
  work(): WorkReport;
  stop(): Promise<void>;
}

/**
 * Handles the webhooks of the inbox, asks about open payments, passes on changes from all processes, and watches for
 * what operators must be alerted to.
 */
export function subscribeToChanges(
  context: UseCaseContext,
  options: {
    webhookSources: readonly WebhookSource[];
    onDropped: (dropped: DroppedAnnouncement) => void;
    /** Called with the time from a webhook's arrival until it was handled. */
    onWebhookHandled: (provider: string, durationMs: number) => void;
    changeFeed: Pick<ChangeFeed, 'publish' | 'missed'>;
    breakers: BreakerSync;
    /** Woken when alerts wait. */
    alerting: { wake(): void };
    /** Counts the errors of an outage of the database. */
    outageMemory?: OutageMemory;
  },
): ChangeSubscription {
  const { store, clock, log } = context;
  const { onWebhookHandled } = options;
  const worker = startInboxWorker({
    ...workerPorts(store.database),
    clock,
    sources: options.webhookSources.map((source) => traced(source, context, onWebhookHandled)),
    onError: (message, details) => log('error', message, details),
    onDead: (webhook, transaction) =>
      openConditionIn(context, transaction, 'webhook_given_up', {
        subject: webhook.provider,
        parameters: webhook,
      }),
    random: context.entropy.fraction,
  });
  const { wake } = worker;
  const reconciliation = startReconciliation(context);
  const { outageMemory } = options;
  const watch = startWatch(context, schedules, outageMemory ? { outageMemory } : {});
  const mails = startMailWorker(context);
  const { changeFeed, breakers, alerting } = options;
  const listener = listen(store, context, {
    onChange: changeFeed.publish,
    onWebhook: wake,
    onBreaker: breakers.receive,
    onDropped: options.onDropped,
    onOutbox(channel) {
      if (channel === 'mail') mails.wake();
      if (channel === 'alert') alerting.wake();
    },
    onConnected() {
      wake();
      mails.wake();
      alerting.wake();
      breakers.catchUp();
      changeFeed.missed();
    },
    onHearing(isHearing) {
      if (isHearing) log('info', 'announcements of other processes arrive again');
      else log('warn', announcementsMissing, { advice: announcementsAdvice });
    },
  });
  return {
    isHearing: () => listener.isHearing,
    onBreakerOpen: alertOpenBreakers(context, outageMemory?.alerts),
    work: watch.work,
    async stop() {
      watch.stop();
      await Promise.all([worker.stop(), reconciliation.stop(), mails.stop()]);
      await listener.close();
    },
  };
}
