import { hashKeysOf } from '#configuration/hash-keys.ts';
import { createNationalIdentityHasher } from '#domain/national-identity-hash.ts';
import type { WebhookSource } from '#inbound/webhook-source.ts';
import { startInboxWorker } from '#inbound/worker.ts';
import type { Change } from '#store/changes.ts';
import { listen } from '#store/listener.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { followPaymentHint } from '#usecases/follow-payment.ts';
import { followReview } from '#usecases/verify-identity.ts';
import type { Config } from './config.ts';

/** Tells every service what to do when its provider reports a change; returns the ways in of webhooks. */
export function connectWebhooks(context: UseCaseContext): WebhookSource[] {
  const { sumsub, openBanking } = context.services;
  sumsub.onWebhook((hint) => followReview(context, hint));
  for (const provider of openBanking.all())
    provider.onPaymentHint((hint) => followPaymentHint(context, hint));
  const sources = [sumsub.webhooks, ...openBanking.all().map((provider) => provider.webhooks)];
  return sources.filter((source) => source !== undefined);
}

/** What the use cases stand on. */
export function createContext(
  parts: Pick<UseCaseContext, 'services' | 'store' | 'clock' | 'log'> & { config: Config },
): UseCaseContext {
  const { config, ...given } = parts;
  return {
    ...given,
    nationalIdentityHasher: createNationalIdentityHasher(hashKeysOf(config)),
    bankIdCallbackUrl: config.bankIdCallbackUrl,
    bankIdCallbackUrlMobile: config.bankIdCallbackUrlMobile,
    bankCallbackUrl: config.openBanking.credentials.callbackUrl,
    baseUrl: config.baseUrl,
    kycLevelName: config.SUMSUB_LEVEL_NAME,
  };
}

/** Handles what arrives in the inbox and passes on what changes, whichever process it came to. */
export function followChanges(
  { store, clock, log }: UseCaseContext,
  options: { webhookSources: readonly WebhookSource[]; onChange: (change: Change) => void },
): { stop(): Promise<void> } {
  const worker = startInboxWorker({
    database: store.database,
    clock,
    sources: options.webhookSources,
    onError: (message, details) => log('error', message, details),
  });
  const { wake } = worker;
  const listener = listen(store.url, clock, {
    onChange: options.onChange,
    onWebhook: wake,
    onConnected: wake,
  });
  return {
    async stop() {
      await worker.stop();
      await listener.close();
    },
  };
}
