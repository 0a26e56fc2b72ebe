import { Hono } from 'hono';
import { maskAccountNumber } from '#domain/banking/account-number.ts';
import type { Emulator, EmulatorContext, EmulatorEnvironment } from '#emulation/emulator.ts';
import type { SandboxBankCustomer } from '#services/open-banking/definition.ts';
import { accountRoutes } from './account-routes.ts';
import { createActions } from './actions.ts';
import { guardedBy, type Bench } from './bench.ts';
import { consentPages } from './consent-pages.ts';
import { directoryRoutes } from './directory-routes.ts';
import { createKeys, type EmulatorKeys } from './keys.ts';
import { paymentPages } from './payment-pages.ts';
import { paymentRoutes } from './payment-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { createSettlement } from './settlement.ts';
import { createWebhookQueue } from './webhook-queue.ts';
import { createWorld, sessionStatusAt, type World } from './world.ts';

export interface EnableBankingEmulatorOptions {
  customers: readonly SandboxBankCustomer[];
  /** The only redirect address that the application has registered. */
  callbackUrl: string;
  /** The only origin that webhooks go to. */
  webhookOrigin: string;
  /** Between two steps of a payment. */
  settlementStepMs?: number;
}

/**
 * Enable Banking with five banks behind it, written from its OpenAPI and its page on webhooks: REST with the token
 * verified, the banks' own pages, payments that go their way, signed webhooks.
 */
export async function createEnableBankingEmulator(
  context: EmulatorContext,
  options: EnableBankingEmulatorOptions,
): Promise<{ emulator: Emulator; environment: Record<string, string> }> {
  const keys = await createKeys(context.clock.now());
  const { bench, ...memory } = createBench(context, keys, options);
  const routes = new Hono<EmulatorEnvironment>();
  routes.route('/', directoryRoutes(bench));
  routes.route('/', sessionRoutes(bench));
  routes.route('/', accountRoutes(bench));
  routes.route('/', paymentRoutes(bench));
  routes.route('/', consentPages(bench, options.customers));
  routes.route('/', paymentPages(bench));
  const state = (): unknown => stateOf(bench);
  return {
    emulator: { name: 'enable-banking', routes, ...memory, state, actions: createActions(bench) },
    environment: {
      OPENBANKING_CLIENT_ID: keys.applicationId,
      OPENBANKING_CLIENT_SECRET: keys.applicationPrivateKeyPem,
      ENABLE_BANKING_API_URL: context.origin,
      ENABLE_BANKING_WEBHOOK_HOST: context.origin,
    },
  };
}

function createBench(
  context: EmulatorContext,
  keys: EmulatorKeys,
  options: EnableBankingEmulatorOptions,
): { bench: Bench } & Pick<Emulator, 'reset' | 'persistence'> {
  let world = createWorld(options.customers);
  const webhooks = createWebhookQueue(context, keys);
  const settlement = createSettlement({
    clock: context.clock,
    stepMs: options.settlementStepMs ?? 700,
    world: () => world,
    webhooks,
  });
  const bench: Bench = {
    context,
    keys,
    callbackUrl: options.callbackUrl,
    webhookOrigin: options.webhookOrigin,
    world: () => world,
    settlement,
    webhooks,
    guarded: guardedBy(context, keys),
  };
  return {
    bench,
    reset() {
      world = createWorld(options.customers);
      webhooks.reset();
    },
    persistence: {
      save: (): Saved => ({ version: savedVersion, world }),
      restore(saved) {
        if (!isSaved(saved)) return;
        world = saved.world;
        for (const payment of world.payments.values()) settlement.proceed(payment);
      },
    },
  };
}

/** To be raised when `World` changes: what was saved in another shape is forgotten. */
const savedVersion = 2;

interface Saved {
  version: typeof savedVersion;
  world: World;
}

function isSaved(saved: unknown): saved is Saved {
  return typeof saved === 'object' && saved !== null && 'version' in saved && saved.version === savedVersion;
}

/** For the control plane: no keys, no codes, no whole account numbers. */
function stateOf({ world, webhooks, context }: Bench): unknown {
  const { sessions, payments, accounts } = world();
  const now = context.clock.now();
  return {
    sessions: sessions.map((session) => ({
      sessionId: session.sessionId,
      bank: session.bank.name,
      status: sessionStatusAt(session, now),
      validUntil: session.validUntil,
      accounts: session.accounts.length,
    })),
    payments: [...payments.values()].map(({ id, bank, status, isFinal, reasonCode, amountOere, plan }) => ({
      id,
      bank: bank.name,
      status,
      isFinal,
      reasonCode,
      amountOere,
      plan,
    })),
    accounts: accounts.map(({ bank, accountNumber, bookedOere, reservedOere }) => ({
      bank: bank.name,
      account: maskAccountNumber(accountNumber),
      bookedOere,
      reservedOere,
    })),
    webhooks: webhooks.state(),
  };
}
