import { Hono } from 'hono';
import { createBanking, type Banking } from '#emulation/bank/banking.ts';
import { consentPages } from '#emulation/bank/consent-pages.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import { paymentPages } from '#emulation/bank/payment-pages.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { webhookActions } from '#emulation/webhook-actions.ts';
import type { WebhookQueue } from '#emulation/webhooks.ts';
import { accountRoutes } from './account-routes.ts';
import { wordOf } from './bank-profiles.ts';
import { guardedBy, type Bench } from './bench.ts';
import { directoryRoutes } from './directory-routes.ts';
import { injectedErrors } from './injected-errors.ts';
import { createKeys } from './keys.ts';
import { refuseOtherRoutes } from './other-routes.ts';
import { paymentRoutes } from './payment-routes.ts';
import { consentReturns, paymentReturns } from './returns.ts';
import { sessionRoutes } from './session-routes.ts';
import { transactionRoutes } from './transaction-routes.ts';
import { createWebhooks, type PaymentEvent } from './webhooks.ts';
import type { Payment, Session } from './world.ts';

export interface EnableBankingEmulatorOptions {
  customers: readonly SandboxBankCustomer[];
  /** The only redirect address that the application has registered. */
  callbackUrl: string;
  /** The only origin that webhooks go to. */
  webhookUrl: string;
  /** Between two steps of a payment. */
  settlementStepMs?: number;
}

/** To be raised when what was remembered of a session or payment can no longer be read. */
const rememberedVersion = 2;

/**
 * Enable Banking with five banks behind it, written from its OpenAPI and its page on webhooks: REST with the token
 * verified, the banks' own pages, payments that go their way, signed webhooks.
 */
export async function createEnableBankingEmulator(
  context: EmulatorContext,
  options: EnableBankingEmulatorOptions,
): Promise<{ emulator: Emulator; environment: Record<string, string> }> {
  const { customers, callbackUrl, webhookUrl, settlementStepMs } = options;
  const webhookOrigin = new URL(webhookUrl).origin;
  const keys = await createKeys(context.clock.now());
  context.faults.answerWith(injectedErrors);
  const webhooks = createWebhooks(context, keys);
  const banking = createBanking<Session, Payment>(context, {
    customers,
    settlementStepMs,
    version: rememberedVersion,
    onPaymentChange: (payment) => tellOf(payment, webhooks),
  });
  const { world, settlement } = banking;
  const guarded = guardedBy(context, keys);
  const bench: Bench = { context, keys, callbackUrl, webhookOrigin, world, settlement, guarded };
  return {
    emulator: { name: 'enable-banking', routes: routesOf(bench, customers), ...partsOf(banking, webhooks) },
    environment: {
      OPENBANKING_CLIENT_ID: keys.applicationId,
      OPENBANKING_CLIENT_SECRET: keys.applicationPrivateKeyPem,
      ENABLE_BANKING_API_URL: context.origin,
      ENABLE_BANKING_WEBHOOK_HOST: context.origin,
    },
  };
}

function routesOf(bench: Bench, customers: readonly SandboxBankCustomer[]): Emulator['routes'] {
  const { context } = bench;
  const routes = new Hono<EmulatorEnvironment>();
  routes.route('/', directoryRoutes(bench));
  routes.route('/', sessionRoutes(bench));
  routes.route('/', accountRoutes(bench));
  routes.route('/', transactionRoutes(bench));
  routes.route('/', paymentRoutes(bench));
  routes.route('/', consentPages({ ...bench, customers, ...consentReturns(context.clock) }));
  routes.route('/', paymentPages({ ...bench, ...paymentReturns }));
  refuseOtherRoutes(routes);
  return routes;
}

function tellOf(payment: Payment, webhooks: WebhookQueue<PaymentEvent>): void {
  const { webhook_url } = payment.request;
  const body = { payment_id: payment.id, status: wordOf(payment) };
  if (typeof webhook_url === 'string') webhooks.send({ url: webhook_url, body });
}

function partsOf(
  banking: Banking<Session, Payment>,
  webhooks: WebhookQueue<PaymentEvent>,
): Pick<Emulator, 'actions' | 'persistence' | 'reset' | 'state' | 'onStage'> {
  return {
    persistence: banking.persistence,
    actions: { ...banking.actions, ...webhookActions(webhooks, { duplicates: 'next', corruption: 'body' }) },
    state: () => ({ ...banking.state(), webhooks: webhooks.state() }),
    onStage: { nextOutcome: banking.nextOutcome, webhooks: () => webhooks.holding() },
    reset() {
      banking.reset();
      webhooks.reset();
    },
  };
}
