import { Hono } from 'hono';
import { createHmac, randomUUID } from 'node:crypto';
import { createBanking } from '#emulation/bank/banking.ts';
import { consentPages } from '#emulation/bank/consent-pages.ts';
import { paymentPages } from '#emulation/bank/payment-pages.ts';
import type { EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { webhookActions } from '#emulation/webhook-actions.ts';
import { WebhookQueue, type SignedWebhook } from '#emulation/webhooks.ts';
import type { StartedEmulator } from '#services/definition.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { accountRoutes } from './account-routes.ts';
import { consentReturns, consentRoutes } from './consent-routes.ts';
import { paymentConsentPage } from './payment-consent-page.ts';
import { paymentReturns, paymentRoutes, wordOf } from './payment-routes.ts';
import { authenticate } from './requests.ts';
import type { Bench, Consent, Payment } from './world.ts';

const clientId = 'drop-sandbox';

/** Fjord Pay with five banks behind it: two with a page, one with an app, one with two pages, one that exempts. */
export async function createFjordPayEmulator(
  context: EmulatorContext,
  options: Parameters<ProviderDefinition['createEmulator']>[1],
): Promise<StartedEmulator> {
  const { customers, callbackUrl, webhookUrl } = options;
  const [clientSecret, webhookSecret] = [randomUUID(), randomUUID()];
  const webhooks = createWebhooks(context, { url: webhookUrl, secret: webhookSecret });
  const banking = createBanking<Consent, Payment>(context, {
    customers,
    settlementStepMs: undefined,
    version: 1,
    onPaymentChange: (payment) => void webhooks.send(payment),
  });
  const authenticated = authenticate(`${clientId}:${clientSecret}`);
  const { world, settlement } = banking;
  const bench: Bench = {
    context,
    callbackUrl,
    world,
    settlement,
    guarded: (operation) => [context.faults.guard(operation), authenticated],
  };
  const routes = new Hono<EmulatorEnvironment>();
  routes.route('/', consentRoutes(bench, customers));
  routes.route('/', accountRoutes(bench));
  routes.route('/', paymentRoutes(bench));
  routes.route('/', paymentConsentPage(bench));
  routes.route('/', consentPages({ ...bench, customers, ...consentReturns(bench) }));
  routes.route('/', paymentPages({ ...bench, ...paymentReturns }));
  return {
    emulator: {
      name: 'fjord-pay',
      routes,
      persistence: banking.persistence,
      actions: {
        ...banking.actions,
        ...webhookActions(webhooks, { duplicates: 'next', corruption: 'body' }),
      },
      state: () => ({ ...banking.state(), webhooks: webhooks.state() }),
      reset() {
        banking.reset();
        webhooks.reset();
      },
    },
    environment: {
      OPENBANKING_CLIENT_ID: clientId,
      OPENBANKING_CLIENT_SECRET: clientSecret,
      OPENBANKING_WEBHOOK_SECRET: webhookSecret,
      FJORD_PAY_API_URL: context.origin,
    },
  };
}

/** To the one address that the application has registered. */
function createWebhooks(
  context: EmulatorContext,
  { url, secret }: { url: string; secret: string },
): WebhookQueue<Payment> {
  const headers = { 'content-type': 'application/json' };
  const signed = (webhook: Pick<SignedWebhook, 'url' | 'body'>, key: string): SignedWebhook => {
    const { pathname, search } = new URL(webhook.url);
    const signature = createHmac('sha256', key)
      .update(`POST\n${pathname}${search}\n${webhook.body}`)
      .digest('hex');
    return { url: webhook.url, body: webhook.body, headers: { ...headers, 'x-fjord-signature': signature } };
  };
  return new WebhookQueue(context, {
    sign(payment) {
      const event = { event_id: randomUUID(), payment_id: payment.id, status: wordOf(payment) };
      return signed({ url, body: JSON.stringify(event) }, secret);
    },
    redeliveryDelaysMs: () => [1_000, 5_000, 30_000, 120_000],
    acknowledges: (status) => status >= 200 && status < 300,
    corruptions: {
      unsigned: ({ url, body }) => ({ url, body, headers }),
      foreign_key: (webhook) => signed(webhook, randomUUID()),
    },
  });
}
