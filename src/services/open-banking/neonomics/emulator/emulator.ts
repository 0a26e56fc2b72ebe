import { Hono } from 'hono';
import { z } from 'zod';
import { readParameters } from '#emulation/action-parameters.ts';
import { sandboxBanks } from '#emulation/bank/banks.ts';
import { createBanking, type Banking } from '#emulation/bank/banking.ts';
import { consentPages } from '#emulation/bank/consent-pages.ts';
import { paymentPages } from '#emulation/bank/payment-pages.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import { webhookActions } from '#emulation/webhook-actions.ts';
import type { StartedEmulator } from '#services/definition.ts';
import type { ProviderDefinition } from '#services/open-banking/definition.ts';
import { bankIdOf, traitsOf } from './banks.ts';
import { accountRoutes } from './account-routes.ts';
import { consentReturns, consentRoutes } from './consent-routes.ts';
import { createKeys, type Keys } from './keys.ts';
import { pagesSettlement, paymentReturns, paymentRoutes } from './payment-routes.ts';
import { injectedErrors } from './refusal.ts';
import { authenticate } from './requests.ts';
import { realm, tokenRoutes } from './token-routes.ts';
import { createWebhooks } from './webhooks.ts';
import type { Bench, Payment, Session } from './world.ts';

/** To be raised when what was remembered of a session or payment can no longer be read. */
const rememberedVersion = 1;

type Options = Parameters<ProviderDefinition['createEmulator']>[1];

/** Neonomics with five banks behind it, two of which ask who the customer is; written from its documentation. */
export async function createNeonomicsEmulator(
  context: EmulatorContext,
  options: Options,
): Promise<StartedEmulator> {
  const keys = createKeys();
  context.faults.answerWith(injectedErrors);
  const webhooks = createWebhooks(context, { url: options.webhookUrl, key: keys.webhookKey });
  const banking = createBanking<Session, Payment>(context, {
    customers: options.customers,
    settlementStepMs: undefined,
    version: rememberedVersion,
    onPaymentChange: (payment) => void webhooks.send(payment),
  });
  const bench = benchOf(context, { keys, banking, callbackUrl: options.callbackUrl });
  const emulator: Emulator = {
    name: 'neonomics',
    routes: routesOf(bench, options),
    persistence: banking.persistence,
    actions: {
      ...banking.actions,
      ...webhookActions(webhooks, { duplicates: 'next', corruption: 'unsigned' }),
      ...planActions(bench),
    },
    state: () => ({ ...banking.state(), webhooks: webhooks.state() }),
    onStage: { nextOutcome: banking.nextOutcome, webhooks: () => webhooks.holding() },
    reset() {
      banking.reset();
      webhooks.reset();
      Object.assign(bench.plans, noPlans);
    },
  };
  return { emulator, environment: environmentOf(context, keys) };
}

const noPlans: Bench['plans'] = { exempt: false, lose: false, share: false };

function benchOf(
  context: EmulatorContext,
  parts: { keys: Keys; banking: Banking<Session, Payment>; callbackUrl: string },
): Bench {
  const { keys, banking, callbackUrl } = parts;
  const { world, settlement } = banking;
  const authenticated = authenticate(keys, context);
  return {
    context,
    keys,
    callbackUrl,
    world,
    settlement,
    guarded: (operation) => [context.faults.guard(operation), authenticated],
    plans: { ...noPlans },
  };
}

function routesOf(bench: Bench, { customers }: Options): Emulator['routes'] {
  const routes = new Hono<EmulatorEnvironment>();
  routes.route('/', tokenRoutes(bench));
  routes.route('/', consentRoutes(bench));
  routes.route('/', accountRoutes(bench));
  routes.route('/', paymentRoutes(bench));
  routes.route('/', consentPages({ ...bench, customers, ...consentReturns(bench) }));
  routes.route('/', paymentPages({ ...bench, settlement: pagesSettlement(bench), ...paymentReturns }));
  return routes;
}

/** What may happen beyond what the banks do by themselves. */
function planActions({ plans }: Bench): NonNullable<Emulator['actions']> {
  const nothing = z.strictObject({});
  return {
    async exempt_next_payment(input) {
      readParameters(nothing, input);
      plans.exempt = true;
      return { done: true };
    },
    async share_consents(input) {
      readParameters(nothing, input);
      plans.share = true;
      return { done: true };
    },
    async lose_next_payment(input) {
      readParameters(nothing, input);
      plans.lose = true;
      return { done: true };
    },
  };
}

function environmentOf({ origin }: EmulatorContext, keys: Keys): Record<string, string> {
  const askingBanks = sandboxBanks.filter((bank) => traitsOf(bank).asksForNumber).map(bankIdOf);
  return {
    OPENBANKING_CLIENT_ID: keys.clientId,
    OPENBANKING_CLIENT_SECRET: keys.clientSecret,
    OPENBANKING_WEBHOOK_SECRET: keys.webhookKey,
    NEONOMICS_API_URL: origin,
    NEONOMICS_REALM: realm,
    NEONOMICS_PSU_KEYSET: keys.keyset,
    NEONOMICS_PSU_BANKS: askingBanks.join(','),
  };
}
